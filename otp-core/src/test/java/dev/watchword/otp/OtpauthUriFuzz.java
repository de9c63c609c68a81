package dev.watchword.otp;

import java.nio.charset.StandardCharsets;

/** What a fuzzer asks of the parser of URIs: any text is a value, which is built and parsed again, or a clear error. */
public final class OtpauthUriFuzz {
    private OtpauthUriFuzz() {}

    /**
     * Takes one input.
     *
     * @param input the text in UTF-8, with whatever the fuzzer put in
     */
    public static void fuzzerTestOneInput(byte[] input) {
        OtpauthUri value;
        try {
            value = OtpauthUri.parse(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            if (e.getClass() != IllegalArgumentException.class) {
                throw new AssertionError("not an error of this library's own", e);
            }
            return;
        }
        if (!value.equals(OtpauthUri.parse(value.exposeUri()))) {
            throw new AssertionError("parsed to another value when built again: " + value);
        }
    }
}
