package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.KeyState;
import dev.watchword.otp.lifecycle.model.KeyUse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A key in a {@link KeyReport}. Immutable. */
public final class CheckedKey {
    private final KeyUse use;
    private final String name;
    private final boolean current;
    private final KeyState state;

    private CheckedKey(KeyUse use, String name, boolean current, KeyState state) {
        this.use = requireNonNull(use, "use");
        this.name = requireNonNull(name, "name");
        this.current = current;
        this.state = requireNonNull(state, "state");
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param use the use of the key
     * @param name the name of the key
     * @param current whether the key source names it as the current key of its use
     * @param state the result of the check
     * @return the value
     */
    public static CheckedKey of(KeyUse use, String name, boolean current, KeyState state) {
        return new CheckedKey(use, name, current, state);
    }

    /** {@return the use of the key} */
    public KeyUse use() {
        return use;
    }

    /** {@return the name of the key} */
    public String name() {
        return name;
    }

    /** {@return whether the key source names it as the current key of its use} */
    public boolean isCurrent() {
        return current;
    }

    /** {@return the result of the check} */
    public KeyState state() {
        return state;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof CheckedKey that
                        && use == that.use
                        && name.equals(that.name)
                        && current == that.current
                        && state == that.state);
    }

    @Override
    public int hashCode() {
        return Objects.hash(use, name, current, state);
    }

    @Override
    public String toString() {
        return "CheckedKey[use=" + use + ", name=" + name + ", current=" + current + ", state=" + state + "]";
    }
}
