package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

/**
 * A record of an imported file that the library cannot use.
 *
 * @param place the position of the first problem
 * @param kind the kind of the problem, which {@code Helpdesk.problem} describes in the operator's language
 * @param problem the violated rule in English, for logs and for the maker of the file; never a secret
 */
public record BadRecord(Place place, RecordProblem kind, String problem) {
    /** Creates the value. */
    public BadRecord {
        requireNonNull(place, "place");
        requireNonNull(kind, "kind");
        requireNonNull(problem, "problem");
    }

    /** {@return the problem in English and its place} */
    @Override
    public String toString() {
        return problem + " (" + place + ")";
    }
}
