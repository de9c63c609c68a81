package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A hardware token in a list of the stock. Immutable. */
public final class ListedStock {
    private final SerialNumber serial;
    private final BatchId batch;
    private final @Nullable Holder holder;
    private final @Nullable Withdrawal withdrawal;
    private final @Nullable Instant expiresAt;
    private final boolean canSign;

    private ListedStock(
            SerialNumber serial,
            BatchId batch,
            @Nullable Holder holder,
            @Nullable Withdrawal withdrawal,
            @Nullable Instant expiresAt,
            boolean canSign) {
        this.serial = requireNonNull(serial, "serial");
        this.batch = requireNonNull(batch, "batch");
        this.holder = holder;
        this.withdrawal = withdrawal;
        this.expiresAt = expiresAt;
        this.canSign = canSign;
        if (holder != null && withdrawal != null) {
            throw new IllegalArgumentException("Token " + serial + " must not be both assigned and withdrawn");
        }
    }

    /**
     * Creates an entry of a token in stock.
     *
     * @param serial the serial number
     * @param batch the batch in which the token was delivered
     * @param expiresAt the first instant at which the token accepts no code
     * @param canSign whether the token signs transactions
     * @return the value
     */
    public static ListedStock inStock(SerialNumber serial, BatchId batch, Instant expiresAt, boolean canSign) {
        return new ListedStock(serial, batch, null, null, requireNonNull(expiresAt, "expiresAt"), canSign);
    }

    /**
     * Creates an entry of an assigned token, or the place of an entry in a list.
     *
     * @param serial the serial number
     * @param batch the batch in which the token was delivered
     * @param holder the holder to whose order the token was assigned; {@code null} if only the place in the list matters
     * @return the value
     */
    public static ListedStock of(SerialNumber serial, BatchId batch, @Nullable Holder holder) {
        return new ListedStock(serial, batch, holder, null, null, false);
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
        return new ListedStock(serial, batch, null, requireNonNull(withdrawal, "withdrawal"), null, false);
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

    /**
     * {@return the first instant at which the token accepts no code; {@code null} after the token left the stock. The
     * registration of its holder has the expiry then}
     */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /**
     * {@return whether the token signs transactions; {@code false} after the token left the stock. The registration of its holder
     * tells it then}
     */
    public boolean canSign() {
        return canSign;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ListedStock that
                        && serial.equals(that.serial)
                        && batch.equals(that.batch)
                        && Objects.equals(holder, that.holder)
                        && Objects.equals(withdrawal, that.withdrawal)
                        && Objects.equals(expiresAt, that.expiresAt)
                        && canSign == that.canSign);
    }

    @Override
    public int hashCode() {
        return Objects.hash(serial, batch, holder, withdrawal, expiresAt, canSign);
    }

    @Override
    public String toString() {
        return "ListedStock[serial=" + serial + ", batch=" + batch + ", holder=" + holder + ", withdrawal=" + withdrawal
                + ", expiresAt=" + expiresAt + ", canSign=" + canSign + "]";
    }
}
