package dev.watchword.otp.lifecycle;

import java.util.regex.Pattern;

/**
 * The name of a batch of fobs, such as the number of a delivery.
 *
 * @param name 1 to 64 of {@code A-Z}, {@code a-z}, {@code 0-9}, {@code .}, {@code _} and {@code -}
 */
public record BatchId(String name) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Creates a name.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public BatchId {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The name of a batch must be 1 to 64 of A-Z, a-z, 0-9, ., _ and -");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
