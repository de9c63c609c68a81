package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.support.RfcSecrets;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URIs of existing services are read like most authenticator apps read them, and each repair is reported. */
@Tag("R1.6")
class OtpauthReadingTest {
    private static final OtpSecret SECRET = RfcSecrets.of(HmacAlgorithm.SHA1);
    private static final String PARAMETER = "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Old Bank:taro?S&issuer=New%20Bank | New Bank | taro | ISSUER_DIFFERS UNENCODED_CHARACTERS",
                "Old:taro?S&issuer=New | New | taro | ISSUER_DIFFERS",
                "Bank:Branch:taro?S&issuer=Bank | Bank | Branch:taro |",
                "Bank:Branch:taro?S | Bank | Branch:taro |",
                "Bank:taro?S&issuer= | Bank | taro | EMPTY_ISSUER",
                "taro?S&issuer= | | taro | EMPTY_ISSUER",
                ":taro?S&issuer=Bank | Bank | taro | EMPTY_ISSUER",
                ":taro?S | | taro | EMPTY_ISSUER",
                "First Bank:taro yamada?S&issuer=First Bank | First Bank | taro yamada | UNENCODED_CHARACTERS",
                "信用:太郎?S&issuer=信用 | 信用 | 太郎 | UNENCODED_CHARACTERS",
                "😀:taro?S | 😀 | taro | UNENCODED_CHARACTERS",
                "First%20Bank:taro?S&issuer=First+Bank | First Bank | taro | PLUS_AS_SPACE",
                "taro?S&issuer=A%2BB | A+B | taro |",
                "A%2BB:taro+x?S&issuer=A%2BB | A+B | taro+x |",
                "Bank:taro%20?S&issuer=%20Bank | Bank | taro | WHITE_SPACE",
                "taro?S&issuer=https://bank.example | https://bank.example | taro |",
                "taro?S&ISSUER=Bank | Bank | taro | PARAMETER_CASE",
                "taro?S&S | | taro | REPEATED_PARAMETER",
                "taro?S&image=100%&x y | | taro | UNENCODED_CHARACTERS",
                "taro?S&DIGITS=6&Period=30&aLGORITHM=sha1 | | taro | PARAMETER_CASE",
                "taro?S&algorithm=HmacSHA1 | | taro | ALGORITHM_SPELLING",
                "taro?S&algorithm=SHA-1 | | taro | ALGORITHM_SPELLING",
                "taro?S&algorithm=hmac-sha1 | | taro | ALGORITHM_SPELLING",
                "taro?secret=gezd+gnbv+gy3t+qojq+gezd+gnbv+gy3t+qojq | | taro | PLUS_AS_SPACE",
                "taro?secret=gezd gnbv gy3t qojq gezd gnbv gy3t qojq | | taro | UNENCODED_CHARACTERS",
                "taro?SECRET=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ== | | taro | PARAMETER_CASE SECRET_ENDING"
            })
    void readsAndReports(String rest, String issuer, String account, String repairs) {
        OtpauthReading reading = OtpauthUri.read("otpauth://totp/" + rest.replaceAll("([?&])S\\b", "$1" + PARAMETER));

        assertEquals(new OtpauthUri.ForTotp(issuer, account, SECRET, TotpProfile.AUTHENTICATOR_APP), reading.uri());
        Set<OtpauthRepair> expected = EnumSet.noneOf(OtpauthRepair.class);
        for (String name : repairs == null ? new String[0] : repairs.split(" ")) {
            expected.add(OtpauthRepair.valueOf(name));
        }
        assertEquals(expected, reading.repairs());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "totp/Old:taro?S&issuer=New",
                "totp/Bank:taro?S&issuer=",
                "totp/:taro?S",
                "totp/First Bank:taro?S",
                "totp/太郎?S",
                "totp/taro?S&issuer=First+Bank",
                "totp/taro%20?S",
                "totp/taro?S&ISSUER=Bank",
                "totp/taro?S&DIGITS=6",
                "totp/taro?S&S",
                "totp/taro?S&image=100%",
                "totp/taro?S&algorithm=HmacSHA1",
                "totp/taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGZ",
                "totp/taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ==",
                "hotp/taro?S"
            })
    void strictModeRejectsEachDeviation(String rest) {
        String uri = "otpauth://" + rest.replaceAll("([?&])S\\b", "$1" + PARAMETER);

        assertEquals("taro", OtpauthUri.parse(uri).account().replace("太郎", "taro"));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> OtpauthUri.parseStrict(uri));
        assertTrue(String.valueOf(e.getMessage()).contains(" must "), e.getMessage());
    }

    @Test
    void ignoresUnusedBitsOfTheSecret() {
        OtpauthReading reading = OtpauthUri.read("otpauth://totp/taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGZ");

        assertEquals(
                OtpSecret.fromHex("31323334353637383930313233343536"),
                reading.uri().secret());
        assertEquals(Set.of(OtpauthRepair.SECRET_ENDING), reading.repairs());
    }

    @Test
    void startsAnHotpTokenWithoutCounterAtZero() {
        OtpauthReading reading = OtpauthUri.read("otpauth://hotp/taro?" + PARAMETER);

        assertEquals(new OtpauthUri.ForHotp(null, "taro", SECRET, HotpProfile.STANDARD, 0), reading.uri());
        assertEquals(Set.of(OtpauthRepair.MISSING_COUNTER), reading.repairs());
        assertEquals(
                5, ((OtpauthUri.ForHotp) OtpauthUri.parse("otpauth://hotp/taro?COUNTER=5&" + PARAMETER)).counter());
    }

    @Test
    void namesTheMethodThatReadsAWeakSecret() {
        String uri = "otpauth://totp/taro yamada?secret=JBSWY3DPEHPK3PXP";
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> OtpauthUri.read(uri));

        assertTrue(String.valueOf(e.getMessage()).contains("weakLegacy"), e.getMessage());
        OtpauthReading reading = OtpauthUri.readWeakLegacy(uri);
        assertEquals(
                OtpSecret.weakLegacyFromHex("48656c6c6f21deadbeef"),
                reading.uri().secret());
        assertEquals(Set.of(OtpauthRepair.UNENCODED_CHARACTERS), reading.repairs());
    }

    @Test
    @Tag("R10.2")
    void showsNoSecret() {
        OtpauthReading reading = OtpauthUri.read("otpauth://totp/taro?" + PARAMETER);

        assertFalse(reading.toString().contains("GEZD"));
        assertEquals(reading, OtpauthUri.read("otpauth://totp/taro?" + PARAMETER));
        assertEquals(
                reading.hashCode(),
                OtpauthUri.read("otpauth://totp/taro?" + PARAMETER).hashCode());
    }
}
