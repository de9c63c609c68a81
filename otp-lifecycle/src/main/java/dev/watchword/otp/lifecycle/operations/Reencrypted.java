package dev.watchword.otp.lifecycle.operations;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The progress of re-encryption. Immutable. */
public final class Reencrypted {
    private final long holders;
    private final long stocked;

    private Reencrypted(long holders, long stocked) {
        this.holders = holders;
        this.stocked = stocked;
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param holders the number of re-encrypted enrolments
     * @param stocked the number of re-encrypted tokens in stock
     * @return the value
     */
    public static Reencrypted of(long holders, long stocked) {
        return new Reencrypted(holders, stocked);
    }

    /** {@return the number of re-encrypted enrolments} */
    public long holders() {
        return holders;
    }

    /** {@return the number of re-encrypted tokens in stock} */
    public long stocked() {
        return stocked;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Reencrypted that && holders == that.holders && stocked == that.stocked);
    }

    @Override
    public int hashCode() {
        return Objects.hash(holders, stocked);
    }

    @Override
    public String toString() {
        return "Reencrypted[holders=" + holders + ", stocked=" + stocked + "]";
    }
}
