package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A token or an order that a bulk job would change. It has a holder, a serial number, or both. Immutable. */
public final class BulkItem {
    private final @Nullable Holder holder;
    private final @Nullable SerialNumber serial;

    private BulkItem(@Nullable Holder holder, @Nullable SerialNumber serial) {
        this.holder = holder;
        this.serial = serial;
        if (holder == null && serial == null) {
            throw new IllegalArgumentException("A holder or a serial number is required");
        }
    }

    /**
     * Creates the value.
     *
     * @param holder the holder; {@code null} for a token in stock
     * @param serial the token; {@code null} for an order without a token
     * @return the value
     * @throws IllegalArgumentException if both are missing
     */
    public static BulkItem of(@Nullable Holder holder, @Nullable SerialNumber serial) {
        return new BulkItem(holder, serial);
    }

    /** {@return the holder; {@code null} for a token in stock} */
    public @Nullable Holder holder() {
        return holder;
    }

    /** {@return the token; {@code null} for an order without a token} */
    public @Nullable SerialNumber serial() {
        return serial;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof BulkItem that
                        && Objects.equals(holder, that.holder)
                        && Objects.equals(serial, that.serial));
    }

    @Override
    public int hashCode() {
        return Objects.hash(holder, serial);
    }

    @Override
    public String toString() {
        return "BulkItem[holder=" + holder + ", serial=" + serial + "]";
    }
}
