package dev.watchword.otp;

import dev.watchword.otp.support.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Fuzz target for the reader of {@code otpauth-migration} URIs. The reader accepts or clearly rejects any text and any
 * payload, and every entry survives a round trip as a URI.
 */
public final class OtpauthMigrationFuzz {
    private OtpauthMigrationFuzz() {}

    /**
     * Runs one input, as the text of a URI and as the payload of one.
     *
     * @param input the bytes, as the fuzzer chose them
     */
    public static void fuzzerTestOneInput(byte[] input) {
        requireReadable(new String(input, StandardCharsets.UTF_8));
        requireReadable("otpauth-migration://offline?data="
                + Base64.getEncoder().encodeToString(input).replace("+", "%2B"));
    }

    private static void requireReadable(String uri) {
        Reader.valueOf(() -> OtpauthMigration.parseWeakLegacy(uri)).ifPresent(part -> {
            for (OtpauthUri value : part.uris()) {
                if (!value.equals(OtpauthUri.parseWeakLegacy(value.exposeUri()))) {
                    throw new AssertionError("the written URI must parse to an equal value: " + value);
                }
            }
        });
    }
}
