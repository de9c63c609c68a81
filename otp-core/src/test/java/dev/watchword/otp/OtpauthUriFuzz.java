package dev.watchword.otp;

import dev.watchword.otp.support.Reader;
import java.nio.charset.StandardCharsets;

/**
 * Fuzz target for the URI parser. The parser accepts or clearly rejects any text, and an accepted URI survives a round
 * trip. Strict mode accepts no URI that the parser reads as another value.
 */
public final class OtpauthUriFuzz {
    private OtpauthUriFuzz() {}

    /**
     * Runs one input.
     *
     * @param input the text in UTF-8, as the fuzzer chose it
     */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Reader.valueOf(() -> OtpauthUri.parse(text)).ifPresent(OtpauthUriFuzz::requireRoundTrip);
        Reader.valueOf(() -> OtpauthUri.parseStrict(text)).ifPresent(strict -> {
            if (!strict.equals(OtpauthUri.parse(text))) {
                throw new AssertionError("both modes must read the URI as an equal value: " + strict);
            }
        });
    }

    private static void requireRoundTrip(OtpauthUri value) {
        if (!value.equals(OtpauthUri.parseStrict(value.exposeUri()))) {
            throw new AssertionError("the written URI must parse to an equal value: " + value);
        }
    }
}
