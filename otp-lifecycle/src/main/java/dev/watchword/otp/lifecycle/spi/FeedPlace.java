package dev.watchword.otp.lifecycle.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A leased position of a consumer in a holder's history. Immutable. */
public final class FeedPlace {
    private final long number;
    private final boolean failing;

    private FeedPlace(long number, boolean failing) {
        this.number = number;
        this.failing = failing;
    }

    /**
     * Creates the value.
     *
     * @param number the number of the last event that the consumer received, 0 if none
     * @param failing whether the consumer has failures or pauses that a success resets; see {@link FeedStore#recovered}
     * @return the value
     */
    public static FeedPlace of(long number, boolean failing) {
        return new FeedPlace(number, failing);
    }

    /** {@return the number of the last event that the consumer received, 0 if none} */
    public long number() {
        return number;
    }

    /** {@return whether the consumer has failures or pauses that a success resets; see {@link FeedStore#recovered}} */
    public boolean failing() {
        return failing;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof FeedPlace that && number == that.number && failing == that.failing);
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, failing);
    }

    @Override
    public String toString() {
        return "FeedPlace[number=" + number + ", failing=" + failing + "]";
    }
}
