package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

/**
 * A secret text that the library hands out once, such as a mail code or a generated activation password.
 *
 * <p>Only {@link #exposeText} returns the text. {@link #toString} redacts it. The text is in a transient field of a type
 * that is not serialisable. Jackson, Gson and JSON-B in their default configuration and Java serialisation do not read it.
 * Two values are equal only if they are the same object. Immutable.
 */
public final class SecretText {
    private final transient String text;

    private SecretText(String text) {
        this.text = text;
    }

    /**
     * Wraps a text.
     *
     * @param text the secret text
     * @return the wrapped text
     */
    public static SecretText of(String text) {
        return new SecretText(requireNonNull(text, "text"));
    }

    /** {@return the secret text, to mail or to show it; do not log or store it} */
    public String exposeText() {
        return text;
    }

    /** {@return a text that is the same for every secret} */
    @Override
    public String toString() {
        return "SecretText[redacted]";
    }
}
