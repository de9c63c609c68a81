package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
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
        return Arbitraries.oneOf(awkward, Arbitraries.of(":"), letters, emoji)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces))
                .filter(OtpauthUriProperties::isName);
    }

    private static boolean isName(String text) {
        try {
            OtpauthBuilder.requireNames(text, "taro");
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
        boolean writable = account.indexOf(':') < 0 || (issued && issuer.indexOf(':') < 0);
        Assume.that(writable);
        @Nullable String by = issued ? issuer : null;
        OtpSecret key = OtpSecret.copyOf(secret);
        TotpProfile profile = TotpProfile.of(algorithm, digits, Duration.ofSeconds(1 + number % 86_400));

        assertRoundTrip(new OtpauthUri.ForTotp(by, account, key, profile));
        assertRoundTrip(new OtpauthUri.ForHotp(by, account, key, new HotpProfile(algorithm, digits), number));
    }

    private static void assertRoundTrip(OtpauthUri value) {
        String uri = value.exposeUri();

        assertEquals(value, OtpauthUri.parse(uri));
        assertEquals(value, OtpauthUri.parseStrict(uri));
        assertEquals(Set.of(), OtpauthUri.read(uri).repairs());
        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(uri));
        assertEquals(-1, uri.indexOf('+'));
        assertEquals(uri, java.net.URI.create(uri).toString());
    }

    /** Returns pieces of which URIs with many kinds of deviations are made. */
    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "Bank:",
                        "taro",
                        ":",
                        " ",
                        "%20",
                        "+",
                        "太",
                        "%E5%A4%AA",
                        "a:b",
                        "?",
                        "&",
                        "=",
                        "/",
                        "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                        "secret=gezd gnbv-gy3t qojq gezdgnbvgz",
                        "SECRET=GEZDGNBVGY3TQOJQGEZDGNBVGY=",
                        "issuer=Bank",
                        "issuer=",
                        "issuer=A+B",
                        "Issuer=Bank",
                        "algorithm=SHA1",
                        "ALGORITHM=SHA256",
                        "algorithm=HmacSHA1",
                        "digits=8",
                        "digits=",
                        "Digits=6",
                        "period=60",
                        "PERIOD=30",
                        "counter=5",
                        "image=100%")
                .list()
                .ofMaxSize(12);
    }

    /** Strictness only rejects: a URI that both modes accept has one value. */
    @Property(tries = 3000)
    @Tag("R1.6")
    void readsWhatStrictModeAcceptsAsTheSameValueWithoutRepairs(
            @ForAll("pieces") List<String> label, @ForAll("pieces") List<String> query, @ForAll boolean totp) {
        String uri = "otpauth://" + (totp ? "totp/" : "hotp/") + String.join("", label) + "?secret="
                + "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&" + String.join("&", query);
        OtpauthUri strict;
        try {
            strict = OtpauthUri.parseStrict(uri);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertEquals(new OtpauthReading(strict, Set.of()), OtpauthUri.read(uri));
    }

    /** Every repair is reported: a URI that strict mode rejects is read with a repair, or is rejected. */
    @Property(tries = 3000)
    @Tag("R1.6")
    void reportsEachRepair(
            @ForAll("pieces") List<String> label, @ForAll("pieces") List<String> query, @ForAll boolean totp) {
        String uri = "otpauth://" + (totp ? "totp/" : "hotp/") + String.join("", label) + "?" + String.join("&", query);
        OtpauthReading lenient;
        try {
            lenient = OtpauthUri.read(uri);
        } catch (IllegalArgumentException e) {
            return;
        }
        if (lenient.repairs().isEmpty()) {
            assertEquals(lenient.uri(), OtpauthUri.parseStrict(uri));
        } else {
            assertThrows(IllegalArgumentException.class, () -> OtpauthUri.parseStrict(uri));
        }
        assertEquals(lenient.uri(), OtpauthUri.parseStrict(lenient.uri().exposeUri()));
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
