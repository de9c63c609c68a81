package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.BatchId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A batch whose tokens are all in stock. Immutable. */
public final class Imported {
    private final BatchId batch;
    private final int tokens;

    private Imported(BatchId batch, int tokens) {
        this.batch = requireNonNull(batch, "batch");
        this.tokens = tokens;
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param batch the batch
     * @param tokens the number of its tokens
     * @return the value
     */
    public static Imported of(BatchId batch, int tokens) {
        return new Imported(batch, tokens);
    }

    /** {@return the batch} */
    public BatchId batch() {
        return batch;
    }

    /** {@return the number of its tokens} */
    public int tokens() {
        return tokens;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Imported that && batch.equals(that.batch) && tokens == that.tokens);
    }

    @Override
    public int hashCode() {
        return Objects.hash(batch, tokens);
    }

    @Override
    public String toString() {
        return "Imported[batch=" + batch + ", tokens=" + tokens + "]";
    }
}
