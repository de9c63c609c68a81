package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

/**
 * The point at which a holder's stored history begins after older events were archived. Immutable.
 *
 * @param number the number of the last archived event, from 1
 * @param last the link of that event
 * @param proof an HMAC of the institution over the anchor, under a history key
 */
public record HistoryAnchor(long number, ChainLink last, ChainLink proof) {
    /**
     * Creates an anchor from stored values.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public HistoryAnchor {
        if (number < 1) {
            throw new IllegalArgumentException("An event number must be 1 or more, not " + number);
        }
        requireNonNull(last, "last");
        requireNonNull(proof, "proof");
    }
}
