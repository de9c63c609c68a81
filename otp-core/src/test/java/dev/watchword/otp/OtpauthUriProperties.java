package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Properties of {@link OtpauthUri} for random names, secrets and texts. */
class OtpauthUriProperties {

    /** Returns names in many scripts, mixed with characters that have a meaning in a URI. */
    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> awkward =
                Arbitraries.of(" ", "+", "&", "=", "%", "?", "#", "/", "\\", "@", "%20", "%3A", "\"");
        Arbitrary<String> letters = Arbitraries.strings().all().ofLength(1);
        Arbitrary<String> emoji = Arbitraries.of("😀", "é", "e\u0301", "信", "ı", "İ");
        return Arbitraries.oneOf(awkward, letters, emoji)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces))
                .filter(OtpauthUriProperties::isName);
    }

    private static boolean isName(String text) {
        try {
            OtpauthBuilder.requireNames(null, text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Property
    void parsesEachWrittenUriToAnEqualValue(
            @ForAll("names") String issuer,
            @ForAll("names") String account,
            @ForAll boolean issued,
            @ForAll HmacAlgorithm algorithm,
            @ForAll @IntRange(min = 6, max = 9) int digits,
            @ForAll @LongRange(min = 0) long number,
            @ForAll @Size(min = 16, max = 64) byte[] secret) {
        @Nullable String by = issued ? issuer : null;
        OtpSecret key = OtpSecret.copyOf(secret);
        TotpProfile profile = TotpProfile.of(algorithm, digits, Duration.ofSeconds(1 + number % 86_400));

        assertRoundTrip(new OtpauthUri.ForTotp(by, account, key, profile));
        assertRoundTrip(new OtpauthUri.ForHotp(by, account, key, new HotpProfile(algorithm, digits), number));
    }

    private static void assertRoundTrip(OtpauthUri value) {
        String uri = value.exposeUri();

        assertEquals(value, OtpauthUri.parse(uri));
        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(uri));
        assertEquals(-1, uri.indexOf('+'));
        assertEquals(uri, java.net.URI.create(uri).toString());
    }

    /** Every text yields either a value or one clear error. */
    @Property
    void parsesOrRejectsAnyText(@ForAll String tail, @ForAll boolean totp) {
        try {
            OtpauthUri.parse((totp ? "otpauth://totp/" : "otpauth://") + tail);
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage() != null && !e.getMessage().isEmpty());
        }
    }
}
