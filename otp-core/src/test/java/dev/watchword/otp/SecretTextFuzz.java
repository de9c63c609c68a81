package dev.watchword.otp;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;

/** What a fuzzer asks of the readers of Base32 and hexadecimal: what they take is what they would write. */
public final class SecretTextFuzz {
    private SecretTextFuzz() {}

    /**
     * Takes one input.
     *
     * @param input the text in UTF-8, with whatever the fuzzer put in
     */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        requireSame(text, OtpSecret::fromBase32, SecretTextFuzz::padded, text);
        requireSame(text, OtpSecret::fromHex, HexFormat.of()::formatHex, text.toLowerCase(Locale.ROOT));
        requireSame(
                text,
                OtpSecret::fromTypedBase32,
                Base32Text::encodeUnpadded,
                text.replaceAll("[ =-]", "").toUpperCase(Locale.ROOT));
    }

    private static void requireSame(
            String text, Function<String, OtpSecret> reader, Function<byte[], String> writer, String expected) {
        OtpSecret secret;
        try {
            secret = reader.apply(text);
        } catch (IllegalArgumentException e) {
            if (e.getClass() != IllegalArgumentException.class) {
                throw new AssertionError("not an error of this library's own", e);
            }
            return;
        }
        if (!writer.apply(secret.bytes()).equals(expected)) {
            throw new AssertionError("read as what would be written in another way: " + text);
        }
    }

    private static String padded(byte[] bytes) {
        String text = Base32Text.encodeUnpadded(bytes);
        return text + "=".repeat((8 - text.length() % 8) % 8);
    }
}
