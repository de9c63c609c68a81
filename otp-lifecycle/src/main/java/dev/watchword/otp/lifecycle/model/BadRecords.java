package dev.watchword.otp.lifecycle.model;

import java.util.List;

/**
 * The unusable records of an imported file. Immutable.
 *
 * @param first the first unusable records, at most {@value #MAX_LISTED}
 * @param total the number of all unusable records
 */
public record BadRecords(List<BadRecord> first, long total) {
    /** The greatest number of listed records. */
    public static final int MAX_LISTED = 1_000;

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if more than {@value #MAX_LISTED} records are listed, or fewer exist than are listed
     */
    public BadRecords {
        first = List.copyOf(first);
        if (first.size() > MAX_LISTED || total < first.size()) {
            throw new IllegalArgumentException(
                    "At most " + MAX_LISTED + " unusable records may be listed, and total must count them all");
        }
    }
}
