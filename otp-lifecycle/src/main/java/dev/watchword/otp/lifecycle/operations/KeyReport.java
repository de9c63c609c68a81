package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.KeyState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of checking all keys of an institution (R10.4). Immutable. */
public final class KeyReport {
    private final List<CheckedKey> keys;

    private KeyReport(List<CheckedKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Creates the value, for tests of applications.
     *
     * @param keys the checked keys; copied
     * @return the value
     */
    public static KeyReport of(List<CheckedKey> keys) {
        return new KeyReport(keys);
    }

    /** {@return every key with a stored check value, sorted by use and name, and then the current keys without one} */
    public List<CheckedKey> keys() {
        return keys;
    }

    /**
     * Returns whether this process can work with its keys: the current keys are right, and no former key is wrong. A former key
     * that is missing does not count, because no stored value may need it. See {@link #keys} for it.
     *
     * @return whether the keys are right
     */
    public boolean isRight() {
        return keys.stream().allMatch(KeyReport::isRight);
    }

    private static boolean isRight(CheckedKey key) {
        return key.state() == KeyState.RIGHT || (key.state() == KeyState.MISSING && !key.isCurrent());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof KeyReport that && keys.equals(that.keys));
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    @Override
    public String toString() {
        return "KeyReport[keys=" + keys + "]";
    }
}
