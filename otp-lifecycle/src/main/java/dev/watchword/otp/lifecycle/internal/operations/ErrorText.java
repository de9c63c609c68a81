package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.DeliveryError;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a handler's exception that the store may keep: bounded, in one line, with addresses, long words and long numbers
 * masked.
 */
final class ErrorText {
    private static final int LONGEST_WORD = 32;

    /** The greatest number of characters that are read of a message. The result is shorter. */
    private static final int READ = 2_000;

    private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cntrl}\\p{Cs}\\s\\p{Z}]+");
    private static final Pattern ADDRESS = Pattern.compile("\\S*@\\S*");
    private static final Pattern LONG_WORD = Pattern.compile("\\S{" + (LONGEST_WORD + 1) + ",}");
    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}{4,}");

    private ErrorText() {}

    /** Returns the class of an exception, and its message with addresses, long words and numbers of 4 digits or more masked. */
    static DeliveryError of(Throwable exception) {
        String type = exception.getClass().getName();
        return new DeliveryError(
                Require.isText(type, DeliveryError.MAX_LENGTH) ? type : "an exception with an unusual name",
                masked(message(exception)));
    }

    /** Returns the message, or {@code null} if the exception class fails to compute it. Such a failure MUST NOT stop the feed. */
    private static @Nullable String message(Throwable exception) {
        try {
            return exception.getMessage();
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static @Nullable String masked(@Nullable String message) {
        if (message == null) {
            return null;
        }
        String text = message.substring(0, Math.min(message.length(), READ));
        text = NOT_TEXT.matcher(text).replaceAll(" ");
        text = ADDRESS.matcher(text).replaceAll("[address]");
        text = LONG_WORD.matcher(text).replaceAll("[long word]");
        text = NUMBER.matcher(text).replaceAll("####").strip();
        text = text.substring(0, Math.min(text.length(), DeliveryError.MAX_LENGTH))
                .strip();
        return Require.isText(text, DeliveryError.MAX_LENGTH) ? text : null;
    }
}
