package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The check value of a key, by which an institution recognises other bytes under the same name (R10.4). It reveals no bytes of
 * the key. Immutable.
 *
 * <p>A store MUST return all parts unchanged. Only the library computes and compares the value.
 */
public final class KeyCheck {
    private static final Pattern VALUE = Pattern.compile("(?:[0-9a-f]{2}){16,64}");

    private final KeyUse use;
    private final String name;
    private final String value;

    private KeyCheck(KeyUse use, String name, String value) {
        this.use = requireNonNull(use, "use");
        this.name = Require.text(name, "key name", SealedSecret.MAX_KEY_NAME_LENGTH);
        this.value = value;
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A check value must be 16 to 64 bytes as hexadecimal digits in lower case");
        }
    }

    /**
     * Creates a check value from stored values.
     *
     * @param use the use of the key
     * @param name the name of the key, 1 to {@value SealedSecret#MAX_KEY_NAME_LENGTH} characters
     * @param value 16 to 64 bytes as hexadecimal digits in lower case
     * @return the check value
     * @throws IllegalArgumentException if a part is malformed
     */
    public static KeyCheck of(KeyUse use, String name, String value) {
        return new KeyCheck(use, name, value);
    }

    /** {@return the use of the key} */
    public KeyUse use() {
        return use;
    }

    /** {@return the name of the key} */
    public String name() {
        return name;
    }

    /** {@return the value, 16 to 64 bytes as hexadecimal digits in lower case} */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof KeyCheck that
                        && use == that.use
                        && name.equals(that.name)
                        && value.equals(that.value));
    }

    @Override
    public int hashCode() {
        return Objects.hash(use, name, value);
    }

    @Override
    public String toString() {
        return "KeyCheck[use=" + use + ", name=" + name + ", value=" + value + "]";
    }
}
