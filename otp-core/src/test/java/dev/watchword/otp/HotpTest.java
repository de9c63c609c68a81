package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.support.RfcSecrets;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link Hotp} with the published vectors. */
@Tag("R1.1")
class HotpTest {
    private static final Hotp HOTP = hotp(6);

    private static Hotp hotp(int digits) {
        return Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, digits), RfcSecrets.of(HmacAlgorithm.SHA1));
    }

    /** RFC 4226 App. D: the HMAC, and the truncated HMAC in decimal. A code is the last digits of the latter. */
    @ParameterizedTest
    @CsvSource({
        "0, 1284755224, cc93cf18508d94934c64b65d8ba7667fb7cde4b0",
        "1, 1094287082, 75a48a19d4cbe100644e8ac1397eea747a2d33ab",
        "2, 0137359152, 0bacb7fa082fef30782211938bc1c5e70416ff44",
        "3, 1726969429, 66c28227d03a2d5529262ff016a1e6ef76557ece",
        "4, 1640338314, a904c900a64b35909874b33e61c5938a8e15ed1c",
        "5, 0868254676, a37e783d7b7233c083d4f62926c7a25f238d0316",
        "6, 1918287922, bc9cd28561042c83f219324d3c607256c03272ae",
        "7, 0082162583, a4fb960c0bc06e1eabb804e5b397cdc4b45596fa",
        "8, 0673399871, 1b3c89f65e6c9e883012052823443f048b4332db",
        "9, 0645520489, 1637409809a679dc698207310c8c7fc07290d9e5"
    })
    void generatesThePublishedCodes(long counter, String truncated, String hmac) {
        KeyedHmac key = KeyedHmac.of(HmacAlgorithm.SHA1, RfcSecrets.of(HmacAlgorithm.SHA1));
        try (Evaluation evaluation = key.begin(2)) {
            assertEquals(hmac, HexFormat.of().formatHex(HashReader.hash(evaluation, counter)));
        }
        for (int digits = 6; digits <= 9; digits++) {
            assertEquals(
                    truncated.substring(truncated.length() - digits),
                    hotp(digits).generate(counter));
        }
    }

    @Test
    void stopsAtTheLargestCounter() {
        String last = HOTP.generate(Long.MAX_VALUE);

        assertEquals(new Verification.Matched(Long.MAX_VALUE, 1), HOTP.verify(last, Long.MAX_VALUE - 1, 100));
    }

    @ParameterizedTest
    @Tag("R1.3")
    @ValueSource(
            strings = {"", "75522", "7552240", "+75522", "75522 ", "７５５２２４", "٧٥٥٢٢٤", "75522a", "75522:", "75522/"})
    void reportsOtherTextAsMalformed(String text) {
        assertEquals(Verification.MALFORMED, HOTP.verify(text, 0, 3));
    }

    @Test
    void rejectsCountersAndLookAheadsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> HOTP.generate(-1));
        assertThrows(IllegalArgumentException.class, () -> HOTP.verify("755224", -1, 3));
        assertThrows(IllegalArgumentException.class, () -> HOTP.verify("755224", 0, -1));
        assertThrows(IllegalArgumentException.class, () -> HOTP.verify("755224", 0, Hotp.MAX_LOOK_AHEAD + 1));
    }

    @Test
    @Tag("R10.2")
    void showsNoSecret() {
        assertEquals("Hotp[HotpProfile[algorithm=SHA1, digits=6], redacted]", HOTP.toString());
    }
}
