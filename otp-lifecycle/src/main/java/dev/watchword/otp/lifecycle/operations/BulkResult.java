package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.Holder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of a bulk job. Immutable. */
public final class BulkResult {
    /** The greatest number of holders in {@link #unreadable}. A job stops at the next one. */
    public static final int MAX_UNREADABLE = 1_000;

    private final long changed;
    private final long skipped;
    private final List<Holder> unreadable;

    private BulkResult(long changed, long skipped, List<Holder> unreadable) {
        this.changed = changed;
        this.skipped = skipped;
        this.unreadable = List.copyOf(unreadable);
    }

    /**
     * Creates the value. The list is copied.
     *
     * @param changed the number of changed tokens and orders
     * @param skipped the number of selected tokens and orders that were not changed
     * @param unreadable the holders whose stored data cannot be read
     * @return the value
     */
    public static BulkResult of(long changed, long skipped, List<Holder> unreadable) {
        return new BulkResult(changed, skipped, unreadable);
    }

    /** {@return the number of tokens and orders that were changed, or that a dry run would change} */
    public long changed() {
        return changed;
    }

    /**
     * {@return the number of selected tokens and orders that the job does not change, such as tokens that are already suspended}
     */
    public long skipped() {
        return skipped;
    }

    /** {@return the holders whose stored data cannot be read} */
    public List<Holder> unreadable() {
        return unreadable;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof BulkResult that
                        && changed == that.changed
                        && skipped == that.skipped
                        && unreadable.equals(that.unreadable));
    }

    @Override
    public int hashCode() {
        return Objects.hash(changed, skipped, unreadable);
    }

    @Override
    public String toString() {
        return "BulkResult[changed=" + changed + ", skipped=" + skipped + ", unreadable=" + unreadable + "]";
    }
}
