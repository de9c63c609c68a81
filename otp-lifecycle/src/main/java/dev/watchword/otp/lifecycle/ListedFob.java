package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A fob in a {@linkplain TokenLists list} of the stock.
 *
 * @param serial the number on its back
 * @param batch the batch in which it came
 * @param holder to whose order it was assigned; {@code null} if it was not yet
 */
public record ListedFob(
        SerialNumber serial, BatchId batch, @Nullable Holder holder) {
    /** Creates an entry. */
    public ListedFob {
        requireNonNull(serial, "serial");
        requireNonNull(batch, "batch");
    }
}
