package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import org.jspecify.annotations.Nullable;

/**
 * A token or an order that a bulk job would change. At least one of the two parts is present.
 *
 * @param holder the holder; {@code null} for a token in stock
 * @param serial the token; {@code null} for an order without a token
 */
public record BulkItem(@Nullable Holder holder, @Nullable SerialNumber serial) {
    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if both parts are missing
     */
    public BulkItem {
        if (holder == null && serial == null) {
            throw new IllegalArgumentException("A holder or a serial number is required");
        }
    }
}
