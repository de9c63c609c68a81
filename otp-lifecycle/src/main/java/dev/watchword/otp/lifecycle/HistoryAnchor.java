package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

/**
 * Where the history of a holder begins, once what came before was archived. Immutable.
 *
 * @param number the number of the last event that was archived, from 1
 * @param last the link of that event
 * @param proof shows that the institution archived up to there: an HMAC under a key of the history
 */
public record HistoryAnchor(long number, ChainLink last, ChainLink proof) {
    /**
     * Creates an anchor from what a store kept.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public HistoryAnchor {
        if (number < 1) {
            throw new IllegalArgumentException("Events are numbered from 1, not " + number);
        }
        requireNonNull(last, "last");
        requireNonNull(proof, "proof");
    }
}
