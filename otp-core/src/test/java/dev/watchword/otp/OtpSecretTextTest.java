package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests secrets as text: Base32, which ignores no unknown character, and hexadecimal. */
class OtpSecretTextTest {
    private static final byte[] BYTES = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final String BASE32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String PADDED = BASE32.substring(0, 26) + "======";

    private static void assertRejected(Function<String, OtpSecret> from, String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> from.apply(text), text);
        Stream.iterate(0, i -> i + 4 <= text.length(), i -> i + 1)
                .map(i -> text.substring(i, i + 4).strip())
                .filter(piece -> piece.length() == 4)
                .forEach(piece -> assertFalse(String.valueOf(e.getMessage()).contains(piece), piece));
    }

    @Test
    void readsBase32() {
        assertArrayEquals(BYTES, OtpSecret.fromBase32(BASE32).exposeBytes());
        assertEquals(16, OtpSecret.fromBase32(PADDED).exposeBytes().length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
                "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ",
                "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ",
                "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ0",
                "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1",
                "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ\n",
                "GEZDGNBVGY3TQOJQGEZDGNBVGYİTQOJQ",
                "GEZDGNBVGY3TQOJQGEZDGNBVGY",
                "GEZDGNBVGY3TQOJQGEZDGNBV========",
                "GEZDGNBVGY3TQOJQGEZDGNBVGY3=====",
                "GEZDGNBVGY3TQOJQGEZDGNBVGZ======",
                "GEZDGNBV=Y3TQOJQGEZDGNBVGY3TQOJQ",
                "================================"
            })
    void rejectsOtherBase32(String text) {
        assertRejected(OtpSecret::fromBase32, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                "gezd gnbv gy3t qojq gezd gnbv gy3t qojq",
                "GEZD-GNBV-GY3T-QOJQ-gezd-gnbv-gy3t-qojq",
                " gezdgnbvgy3tqojqgezdgnbvgy3tqojq "
            })
    void readsTypedBase32(String text) {
        assertArrayEquals(BYTES, OtpSecret.fromTypedBase32(text).exposeBytes());
        assertEquals(OtpSecret.fromBase32(PADDED), OtpSecret.fromTypedBase32(PADDED.replace("=", "")));
        assertEquals(OtpSecret.fromBase32(PADDED), OtpSecret.fromTypedBase32(PADDED));
    }

    @ParameterizedTest
    @Tag("R1.6")
    @ValueSource(
            strings = {
                "GEZDGNBVGY3TQOJQGEZDGNBVGY",
                "GEZDGNBVGY3TQOJQGEZDGNBVGZ",
                "GEZDGNBVGY3TQOJQGEZDGNBVG2======",
                "gezdgnbvgy3tqojqgezdgnbvgy=",
                "gezd gnbv-gy3t qojq-gezd gnbv-gz = = -"
            })
    void ignoresPaddingAndUnusedBitsOfTypedBase32(String text) {
        OtpSecret secret = OtpSecret.fromTypedBase32(text);

        assertArrayEquals("1234567890123456".getBytes(StandardCharsets.US_ASCII), secret.exposeBytes());
        assertEquals("970934", Totp.of(TotpProfile.AUTHENTICATOR_APP, secret).generate(Instant.ofEpochSecond(59)));
    }

    @Test
    @Tag("R1.6")
    void namesTheMethodThatReadsAWeakSecret() {
        assertEquals(
                "A secret has 16 to 256 bytes, not 10 (RFC 4226 §4, R6); only OtpSecret.weakLegacyFromTypedBase32"
                        + " reads a weak secret that is already in use",
                assertThrows(IllegalArgumentException.class, () -> OtpSecret.fromTypedBase32("jbsw y3dp ehpk 3pxp"))
                        .getMessage());
        assertEquals(
                "A secret has 16 to 256 bytes, not 8 (RFC 4226 §4, R6); only OtpSecret.weakLegacyFromHex"
                        + " reads a weak secret that is already in use",
                assertThrows(IllegalArgumentException.class, () -> OtpSecret.fromHex("3132333435363738"))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gezd0gnbv1gy3t8qojq9gezdgnbvgy3tqojq",
                "gezd\tgnbv",
                "gezdgnbvgy3tqojqgezdgnbvgy3",
                "GEZDGNBV=Y3TQOJQGEZDGNBVGY3TQOJQ",
                "GEZDGNBVGY3TQOJQGEZDGNBVGYıTQOJQ",
                "gezd_gnbv_gy3t_qojq_gezd_gnbv"
            })
    void rejectsTypedTextThatIsNotBase32(String text) {
        assertRejected(OtpSecret::fromTypedBase32, text);
    }

    @Test
    void readsHexadecimal() {
        String hex = "3132333435363738393031323334353637383930";
        assertArrayEquals(BYTES, OtpSecret.fromHex(hex).exposeBytes());
        assertEquals(OtpSecret.fromHex("AbCdEf".repeat(6)), OtpSecret.fromHex("aBcDeF".repeat(6)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "313233343536373839303132333435",
                "31323334353637383930313233343536373839301",
                "0x3132333435363738393031323334353637383930",
                "31 32 33 34 35 36 37 38 39 30 31 32 33 34 35 36",
                "313233343536373839303132333435363738393g",
                "３１32333435363738393031323334353637383930"
            })
    void rejectsTextThatIsNotHexadecimal(String text) {
        assertRejected(OtpSecret::fromHex, text);
    }

    @Test
    void acceptsAShortSecretByTheLegacyMethodOnly() {
        byte[] eightyBits = new byte[10];

        assertThrows(IllegalArgumentException.class, () -> OtpSecret.copyOf(eightyBits));
        assertEquals(10, OtpSecret.weakLegacyCopyOf(eightyBits).exposeBytes().length);
        assertThrows(IllegalArgumentException.class, () -> OtpSecret.weakLegacyCopyOf(new byte[7]));
        assertThrows(IllegalArgumentException.class, () -> OtpSecret.weakLegacyCopyOf(new byte[257]));
    }

    @Test
    void exposesTheBase32ThatPeopleType() {
        OtpSecret secret = OtpSecret.copyOf(BYTES);

        assertEquals("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", secret.exposeBase32());
        assertEquals(secret, OtpSecret.fromTypedBase32(secret.exposeBase32()));
    }

    @Test
    void acceptsAShortSecretAsTextByTheLegacyMethodsOnly() {
        assertEquals(
                OtpSecret.weakLegacyFromHex("48656c6c6f21deadbeef"),
                OtpSecret.weakLegacyFromTypedBase32("JBSWY3DPEHPK3PXP"));
        assertThrows(IllegalArgumentException.class, () -> OtpSecret.fromHex("48656c6c6f21deadbeef"));
        assertThrows(IllegalArgumentException.class, () -> OtpSecret.weakLegacyFromHex("48656c6c6f21de"));
        assertThrows(IllegalArgumentException.class, () -> OtpSecret.weakLegacyFromTypedBase32("JBSWY3DPEHPA"));
    }
}
