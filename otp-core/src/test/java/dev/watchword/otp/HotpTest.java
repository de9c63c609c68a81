package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R1.1")
class HotpTest {
    private static final Hotp HOTP = hotp(6);

    private static Hotp hotp(int digits) {
        return Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, digits), Rfc.secret(HmacAlgorithm.SHA1));
    }

    /** RFC 4226 App. D: the truncated HMAC in decimal, of which a code is the last digits. */
    @ParameterizedTest
    @CsvSource({
        "0, 1284755224",
        "1, 1094287082",
        "2, 0137359152",
        "3, 1726969429",
        "4, 1640338314",
        "5, 0868254676",
        "6, 1918287922",
        "7, 0082162583",
        "8, 0673399871",
        "9, 0645520489"
    })
    void generatesThePublishedCodes(long counter, String truncated) {
        for (int digits = 6; digits <= 9; digits++) {
            assertEquals(
                    truncated.substring(truncated.length() - digits),
                    hotp(digits).generate(counter));
        }
    }

    @Test
    @Tag("R1.2")
    void neverLooksBackAtASpentCounter() {
        assertEquals(new Verification.Matched(0, 0), HOTP.verify("755224", 0, 3));
        assertEquals(Verification.WRONG, HOTP.verify("755224", 1, 3));
    }

    @Test
    void stopsAtTheLastCounterThereIs() {
        String last = HOTP.generate(Long.MAX_VALUE);

        assertEquals(new Verification.Matched(Long.MAX_VALUE, 1), HOTP.verify(last, Long.MAX_VALUE - 1, 100));
    }

    @ParameterizedTest
    @Tag("R1.3")
    @ValueSource(strings = {"", "75522", "7552240", "+75522", "75522 ", "７５５２２４", "٧٥٥٢٢٤", "75522a"})
    void callsOtherTextMalformed(String text) {
        assertEquals(Verification.MALFORMED, HOTP.verify(text, 0, 3));
    }

    @Test
    void refusesCountersAndLookAheadsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> HOTP.generate(-1));
        assertThrows(IllegalArgumentException.class, () -> HOTP.verify("755224", -1, 3));
        assertThrows(IllegalArgumentException.class, () -> HOTP.verify("755224", 0, -1));
        assertThrows(IllegalArgumentException.class, () -> HOTP.verify("755224", 0, Hotp.MAX_LOOK_AHEAD + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 5, 10, 20})
    void refusesOtherNumbersOfDigits(int digits) {
        assertThrows(IllegalArgumentException.class, () -> new HotpProfile(HmacAlgorithm.SHA1, digits));
    }

    @Test
    @Tag("R10.2")
    void showsNoSecret() {
        assertFalse(HOTP.toString().contains("1234"));
    }
}
