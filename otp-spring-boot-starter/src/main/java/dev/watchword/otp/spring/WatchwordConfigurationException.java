package dev.watchword.otp.spring;

/** Thrown at the start if a property or a bean is missing or wrong. Spring Boot prints the failure and the remedy. */
final class WatchwordConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    WatchwordConfigurationException(String problem, String action) {
        super(problem);
        this.action = action;
    }

    WatchwordConfigurationException(String problem, String action, Throwable cause) {
        super(problem, cause);
        this.action = action;
    }

    /** The remedy, a sentence. */
    String action() {
        return action;
    }
}
