package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The reference of an event to its signing request. The event records no detail of the transaction.
 *
 * @param id the identity of the request
 * @param digest the digest of the request with its details: 64 hexadecimal digits in lower case
 */
public record RequestReference(RequestId id, String digest) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final char SEPARATOR = '/';

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the digest is malformed
     */
    public RequestReference {
        requireNonNull(id, "id");
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("A digest must have 64 hexadecimal digits in lower case");
        }
    }

    /**
     * Parses the text of a reference.
     *
     * @param text a text that {@link #toString} returned
     * @return the value
     * @throws IllegalArgumentException if the text is malformed
     */
    public static RequestReference parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        if (separator < 0) {
            throw new IllegalArgumentException(
                    "A request's reference must have an ID and a digest with a / between them");
        }
        return new RequestReference(new RequestId(text.substring(0, separator)), text.substring(separator + 1));
    }

    /** {@return the identity and the digest with a {@code /} between them, 97 characters} */
    @Override
    public String toString() {
        return id.value() + SEPARATOR + digest;
    }
}
