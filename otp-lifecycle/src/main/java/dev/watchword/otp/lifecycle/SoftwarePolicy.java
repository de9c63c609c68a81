package dev.watchword.otp.lifecycle;

import java.time.Duration;

/**
 * How software tokens come to their holders. Immutable.
 *
 * @param lifetime how long a token lasts from its issue: more than zero, at most 100 years
 * @param generatedPassword whether the library generates the activation password, of at least 40 bits, instead of the
 *     holder choosing 4 to 8 digits (NIST SP 800-63B-4 §4.1)
 * @param passwordTries how many wrong activation passwords kill it, 1 to 20
 * @param passwordLifetime how long it is good from the instant at which the app may be provisioned, at most 30 days
 * @param grace how long the device that was provisioned may ask for a lost answer again, at most a day; zero for never
 * @param fromNextDay whether a holder whose software token was revoked can be provisioned only from the next calendar day on
 */
public record SoftwarePolicy(
        Duration lifetime,
        boolean generatedPassword,
        int passwordTries,
        Duration passwordLifetime,
        Duration grace,
        boolean fromNextDay) {
    /** A bank's: five years; 4 to 8 digits, five tries, three days; ten minutes of grace; from the next day on. */
    public static final SoftwarePolicy BANK =
            new SoftwarePolicy(Duration.ofDays(5 * 365), false, 5, Duration.ofDays(3), Duration.ofMinutes(10), true);

    /** As strict as NIST wants it: a generated password of 40 bits or more, good for ten minutes; no waiting for a day. */
    public static final SoftwarePolicy GENERATED =
            new SoftwarePolicy(Duration.ofDays(5 * 365), true, 5, Duration.ofMinutes(10), Duration.ofMinutes(2), false);

    /**
     * Creates a policy.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public SoftwarePolicy {
        Require.duration(lifetime, "lifetime", Duration.ofNanos(1000), Require.CENTURY);
        Require.range(passwordTries, "passwordTries", 1, 20, "a password of 4 digits falls to many");
        Require.duration(passwordLifetime, "passwordLifetime", Duration.ofSeconds(1), Duration.ofDays(30));
        Require.duration(grace, "grace", Duration.ZERO, Duration.ofDays(1));
    }

    /**
     * Returns this policy for tokens of another lifetime.
     *
     * @param newLifetime how long they last from their issue
     * @return a policy that is otherwise the same
     */
    public SoftwarePolicy withLifetime(Duration newLifetime) {
        return new SoftwarePolicy(newLifetime, generatedPassword, passwordTries, passwordLifetime, grace, fromNextDay);
    }
}
