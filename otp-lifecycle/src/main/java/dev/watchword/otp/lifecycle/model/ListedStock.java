package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A hardware token in a list of the stock. Immutable. */
public final class ListedStock {
    private final SerialNumber serial;
    private final BatchId batch;
    private final @Nullable Holder holder;
    private final @Nullable Withdrawal withdrawal;

    private ListedStock(SerialNumber serial, BatchId batch, @Nullable Holder holder, @Nullable Withdrawal withdrawal) {
        this.serial = requireNonNull(serial, "serial");
        this.batch = requireNonNull(batch, "batch");
        this.holder = holder;
        this.withdrawal = withdrawal;
        if (holder != null && withdrawal != null) {
            throw new IllegalArgumentException("Token " + serial + " must not be both assigned and withdrawn");
        }
    }

    /**
     * Creates an entry.
     *
     * @param serial the serial number
     * @param batch the batch in which the token was delivered
     * @param holder the holder to whose order the token was assigned; {@code null} if it is not assigned yet
     * @return the value
     */
    public static ListedStock of(SerialNumber serial, BatchId batch, @Nullable Holder holder) {
        return new ListedStock(serial, batch, holder, null);
    }

    /**
     * Creates an entry of a withdrawn token.
     *
     * @param serial the serial number
     * @param batch the batch in which the token was delivered
     * @param withdrawal the withdrawal
     * @return the value
     */
    public static ListedStock withdrawn(SerialNumber serial, BatchId batch, Withdrawal withdrawal) {
        return new ListedStock(serial, batch, null, requireNonNull(withdrawal, "withdrawal"));
    }

    /** {@return the serial number} */
    public SerialNumber serial() {
        return serial;
    }

    /** {@return the batch in which the token was delivered} */
    public BatchId batch() {
        return batch;
    }

    /** {@return the holder to whose order the token was assigned; {@code null} if it is not assigned yet} */
    public @Nullable Holder holder() {
        return holder;
    }

    /** {@return the withdrawal; {@code null} if the token is not withdrawn} */
    public @Nullable Withdrawal withdrawal() {
        return withdrawal;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ListedStock that
                        && serial.equals(that.serial)
                        && batch.equals(that.batch)
                        && Objects.equals(holder, that.holder)
                        && Objects.equals(withdrawal, that.withdrawal));
    }

    @Override
    public int hashCode() {
        return Objects.hash(serial, batch, holder, withdrawal);
    }

    @Override
    public String toString() {
        return "ListedStock[serial=" + serial + ", batch=" + batch + ", holder=" + holder + ", withdrawal=" + withdrawal
                + "]";
    }
}
