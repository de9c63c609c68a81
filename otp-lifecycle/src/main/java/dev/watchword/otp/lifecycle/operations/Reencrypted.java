package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The progress of re-encryption. Immutable. */
public final class Reencrypted {
    private final long holders;
    private final long stocked;
    private final List<Holder> unreadable;
    private final List<SerialNumber> unreadableStock;

    private Reencrypted(long holders, long stocked, List<Holder> unreadable, List<SerialNumber> unreadableStock) {
        this.holders = holders;
        this.stocked = stocked;
        this.unreadable = List.copyOf(unreadable);
        this.unreadableStock = List.copyOf(unreadableStock);
    }

    /**
     * Creates the progress of a job that could read everything, for tests of applications.
     *
     * @param holders the number of re-encrypted enrolments
     * @param stocked the number of re-encrypted tokens in stock
     * @return the value
     */
    public static Reencrypted of(long holders, long stocked) {
        return of(holders, stocked, List.of(), List.of());
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param holders the number of re-encrypted enrolments
     * @param stocked the number of re-encrypted tokens in stock
     * @param unreadable the holders whose stored data cannot be read
     * @param unreadableStock the tokens in stock whose secrets cannot be decrypted
     * @return the value
     */
    public static Reencrypted of(
            long holders, long stocked, List<Holder> unreadable, List<SerialNumber> unreadableStock) {
        return new Reencrypted(holders, stocked, unreadable, unreadableStock);
    }

    /** {@return the number of re-encrypted enrolments} */
    public long holders() {
        return holders;
    }

    /** {@return the number of re-encrypted tokens in stock} */
    public long stocked() {
        return stocked;
    }

    /**
     * {@return the holders whose stored data failed an integrity check in the last pass. Their values stay under their
     * old keys. Restore the data and run the job again}
     */
    public List<Holder> unreadable() {
        return unreadable;
    }

    /**
     * {@return the tokens in stock whose secrets did not decrypt in the last pass. Do not send these tokens to holders}
     */
    public List<SerialNumber> unreadableStock() {
        return unreadableStock;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Reencrypted that
                        && holders == that.holders
                        && stocked == that.stocked
                        && unreadable.equals(that.unreadable)
                        && unreadableStock.equals(that.unreadableStock));
    }

    @Override
    public int hashCode() {
        return Objects.hash(holders, stocked, unreadable, unreadableStock);
    }

    @Override
    public String toString() {
        return "Reencrypted[holders=" + holders + ", stocked=" + stocked + ", unreadable=" + unreadable
                + ", unreadableStock=" + unreadableStock + "]";
    }
}
