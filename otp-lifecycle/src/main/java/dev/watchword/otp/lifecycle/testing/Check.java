package dev.watchword.otp.lifecycle.testing;

import static java.util.Objects.requireNonNull;

/**
 * One named check of a contract. In JUnit: {@code dynamicTest(check.name(), check::run)}; elsewhere a loop.
 *
 * @param name what holds, as a sentence
 * @param body what shows it; throws if it does not hold
 */
public record Check(String name, Body body) {
    /** Creates a check. */
    public Check {
        requireNonNull(name, "name");
        requireNonNull(body, "body");
    }

    /**
     * Runs the check.
     *
     * @throws AssertionError if the contract is broken
     * @throws Exception if the store throws
     */
    public void run() throws Exception {
        body.run();
    }

    @Override
    public String toString() {
        return name;
    }

    /** The work of a check. */
    @FunctionalInterface
    public interface Body {
        /**
         * Does it.
         *
         * @throws Exception if the store throws
         */
        void run() throws Exception;
    }
}
