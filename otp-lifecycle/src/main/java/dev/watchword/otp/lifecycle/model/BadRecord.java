package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

/**
 * A record of an imported file that the library cannot use.
 *
 * @param place the position of the first problem
 * @param problem the problem, in words for an operator; never a secret
 */
public record BadRecord(Place place, String problem) {
    /** Creates the value. */
    public BadRecord {
        requireNonNull(place, "place");
        requireNonNull(problem, "problem");
    }

    /** {@return the problem and its place} */
    @Override
    public String toString() {
        return problem + " (" + place + ")";
    }
}
