package dev.watchword.otp.lifecycle.testing;

import static java.util.Objects.requireNonNull;

/**
 * One named check of a contract. In JUnit, use {@code dynamicTest(check.name(), check::run)}; elsewhere, call {@link
 * #run} in a loop.
 *
 * @param name the rule that the check verifies, as a sentence
 * @param body the code that verifies the rule; throws if the rule is broken
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
         * Verifies the rule.
         *
         * @throws Exception if the store throws
         */
        void run() throws Exception;
    }
}
