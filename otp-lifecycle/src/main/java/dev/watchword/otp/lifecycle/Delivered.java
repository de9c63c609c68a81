package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What one round of delivery did.
 *
 * @param events how many events were handled
 * @param failures whose events could not be handled; they come again in a later round
 */
public record Delivered(long events, List<Failure> failures) {
    /** Creates the value. */
    public Delivered {
        failures = List.copyOf(failures);
    }

    /**
     * An event that could not be handled, behind which the later ones of its holder wait.
     *
     * @param holder the holder
     * @param number the number of the event
     * @param cause what the handler threw
     */
    public record Failure(Holder holder, long number, RuntimeException cause) {
        /** Creates the value. */
        public Failure {
            requireNonNull(holder, "holder");
            requireNonNull(cause, "cause");
        }
    }
}
