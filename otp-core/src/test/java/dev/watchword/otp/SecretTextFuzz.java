package dev.watchword.otp;

import dev.watchword.otp.support.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Fuzz target for the readers of Base32 and hexadecimal. Each reader accepts only text that its writer produces, apart
 * from the freedoms of typed text.
 */
public final class SecretTextFuzz {
    private SecretTextFuzz() {}

    /**
     * Runs one input.
     *
     * @param input the text in UTF-8, as the fuzzer chose it
     */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        requireSame(text, OtpSecret::fromBase32, SecretTextFuzz::padded, text);
        requireSame(text, OtpSecret::fromHex, HexFormat.of()::formatHex, text.toLowerCase(Locale.ROOT));
        String tidy = text.replaceAll("[ =-]", "").toUpperCase(Locale.ROOT);
        requireSame(text, OtpSecret::fromExactBase32, Base32Text::encodeUnpadded, tidy);
        requireSame(text, OtpSecret::fromTypedBase32, bytes -> ending(Base32Text.encodeUnpadded(bytes), tidy), tidy);
    }

    private static void requireSame(
            String text, Function<String, OtpSecret> reader, Function<byte[], String> writer, String expected) {
        Optional<OtpSecret> secret = Reader.valueOf(() -> reader.apply(text));
        if (secret.isPresent() && !writer.apply(secret.get().bytes()).equals(expected)) {
            throw new AssertionError("the reader must accept only text that the writer produces: " + text);
        }
    }

    /** Replaces the last character, whose unused bits the reader ignores. */
    private static String ending(String written, String read) {
        boolean sameLength = written.length() == read.length() && !read.isEmpty();
        return sameLength && written.length() % 8 != 0
                ? written.substring(0, written.length() - 1) + read.charAt(read.length() - 1)
                : written;
    }

    private static String padded(byte[] bytes) {
        String text = Base32Text.encodeUnpadded(bytes);
        return text + "=".repeat((8 - text.length() % 8) % 8);
    }
}
