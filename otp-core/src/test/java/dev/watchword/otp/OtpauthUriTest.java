package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.support.DefaultLocale;
import dev.watchword.otp.support.RfcSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link OtpauthUri}: the text that it writes, the texts that it accepts, and the texts that it rejects. */
class OtpauthUriTest {
    private static final String BASE32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final OtpSecret SECRET = RfcSecrets.of(HmacAlgorithm.SHA1);

    @Test
    void writesAllParameters() {
        assertEquals(
                "otpauth://totp/Aomori%20Credit%20Union:taro%40example.com?secret=" + BASE32
                        + "&issuer=Aomori%20Credit%20Union&algorithm=SHA1&digits=8&period=60",
                new OtpauthUri.ForTotp("Aomori Credit Union", "taro@example.com", SECRET, TotpProfile.BANK)
                        .exposeUri());
        assertEquals(
                "otpauth://hotp/taro?secret=" + BASE32 + "&algorithm=SHA256&digits=6&counter=7",
                new OtpauthUri.ForHotp(null, "taro", SECRET, new HotpProfile(HmacAlgorithm.SHA256, 6), 7).exposeUri());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "otpauth://totp/taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                "OTPAUTH://TOTP/taro?secret=gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
                "otpauth://totp/taro?image=https://example.com/a%20b.png&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&lock",
                "otpauth://totp/taro?digits=6&period=30&algorithm=sha1&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            })
    void fillsInTheDefaults(String uri) {
        assertEquals(
                new OtpauthUri.ForTotp(null, "taro", SECRET, TotpProfile.AUTHENTICATOR_APP), OtpauthUri.parse(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "otpauth://totp/Bank:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                "otpauth://totp/Bank%3ataro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                "otpauth://totp/%42%61%6e%6B:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                "otpauth://totp/Bank%3Ataro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bank",
                "otpauth://totp/Bank:%20taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                "otpauth://totp/taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bank"
            })
    void readsTheIssuerFromLabelOrParameter(String uri) {
        assertEquals(
                new OtpauthUri.ForTotp("Bank", "taro", SECRET, TotpProfile.AUTHENTICATOR_APP), OtpauthUri.parse(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "otpauth:",
                "otpauth://",
                "otpauth://totp",
                "otpauth://totp/",
                "otpauth://totp/taro",
                "otpauth://totp/taro?",
                "otpauth://totp/?secret=SECRET",
                "otpauth://totp/Bank:?secret=SECRET",
                "otpauth://totp?secret=SECRET/taro",
                "otpauth://motp/taro?secret=SECRET",
                "https://totp/taro?secret=SECRET",
                "otpauth://totp/taro?secret",
                "otpauth://totp/taro?secret=",
                "otpauth://totp/taro?secret=GEZDGNBV",
                "otpauth://totp/taro?secret=SECRET!",
                "otpauth://totp/taro?secret=SECRET&algorithm=MD5",
                "otpauth://totp/taro?secret=SECRET&algorithm=",
                "otpauth://totp/taro?secret=SECRET&algorithm=SHA-256",
                "otpauth://totp/taro?secret=SECRET&algorithm=HmacSHA512",
                "otpauth://totp/taro?secret=SECRET&ALGORITHM=SHA256",
                "otpauth://totp/taro?secret=SECRET&Digits=8",
                "otpauth://totp/taro?secret=SECRET&pERIOD=60",
                "otpauth://totp/taro?secret=SECRET&digits=",
                "otpauth://totp/taro?secret=SECRET&period=",
                "otpauth://totp/taro?secret=SECRET&digits=6&digits=8",
                "otpauth://totp/taro?secret=SECRET&digits=6&DIGITS=8",
                "otpauth://totp/a:b?secret=SECRET&issuer=c:d&digits=5",
                "otpauth://totp/a:b:c?secret=SECRET&issuer=d:e",
                "otpauth://totp/ta\u0000ro?secret=SECRET",
                "otpauth://totp/ta\uD800ro?secret=SECRET",
                "otpauth://totp/taro?secret=SECRET&digits=0",
                "otpauth://totp/taro?secret=SECRET&digits=5",
                "otpauth://totp/taro?secret=SECRET&digits=10",
                "otpauth://totp/taro?secret=SECRET&digits=+6",
                "otpauth://totp/taro?secret=SECRET&digits=-6",
                "otpauth://totp/taro?secret=SECRET&digits=%D9%A6",
                "otpauth://totp/taro?secret=SECRET&digits=4294967302",
                "otpauth://totp/taro?secret=SECRET&period=0",
                "otpauth://totp/taro?secret=SECRET&period=-30",
                "otpauth://totp/taro?secret=SECRET&period=9999999999999999999",
                "otpauth://totp/taro?secret=SECRET&period=9223372036854775807",
                "otpauth://totp/taro?secret=SECRET&period=86401",
                "otpauth://totp/taro?secret=SECRET&counter=x",
                "otpauth://hotp/taro?secret=SECRET&counter=1&period=x",
                "otpauth://hotp/taro?secret=SECRET&counter=-1",
                "otpauth://hotp/taro?secret=SECRET&counter=9223372036854775808",
                "otpauth://hotp/taro?secret=SECRET&counter=00000000000000000001",
                "otpauth://hotp/taro?secret=SECRET&counter=",
                "otpauth://totp/taro%?secret=SECRET",
                "otpauth://totp/taro%4?secret=SECRET",
                "otpauth://totp/taro%GG?secret=SECRET",
                "otpauth://totp/taro%C3?secret=SECRET",
                "otpauth://totp/taro%ED%A0%80?secret=SECRET",
                "otpauth://totp/taro%00?secret=SECRET",
                "otpauth://totp/taro?secret=SECRET#fragment"
            })
    void rejectsEveryOtherUriWithOneClearErrorInEachMode(String template) {
        String uri = template.replace("SECRET", BASE32);
        List<Executable> modes = List.of(() -> OtpauthUri.parse(uri), () -> OtpauthUri.parseStrict(uri));
        for (Executable mode : modes) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, mode);
            assertFalse(String.valueOf(e.getMessage()).contains(BASE32.substring(0, 8)));
        }
    }

    @Test
    void acceptsTheLongestNamesAndSecret() {
        String name = "信".repeat(OtpauthUri.MAX_NAME_LENGTH);
        OtpSecret longest = OtpSecret.copyOf(new byte[OtpSecret.MAX_LENGTH]);
        OtpauthUri value =
                new OtpauthUri.ForHotp(name, name, longest, new HotpProfile(HmacAlgorithm.SHA512, 6), Long.MAX_VALUE);

        assertEquals(value, OtpauthUri.parse(value.exposeUri()));
    }

    @Test
    void readsAShortSecretByTheLegacyMethodOnly() {
        String uri = "otpauth://totp/taro?secret=JBSWY3DPEHPK3PXP";
        OtpSecret secret = OtpSecret.weakLegacyFromTypedBase32("jbsw y3dp ehpk 3pxp");
        OtpauthUri value = new OtpauthUri.ForTotp(null, "taro", secret, TotpProfile.AUTHENTICATOR_APP);

        assertThrows(IllegalArgumentException.class, () -> OtpauthUri.parse(uri));
        assertEquals(value, OtpauthUri.parseWeakLegacy(uri));
        assertEquals(value, OtpauthUri.parseWeakLegacy(value.exposeUri()));
        assertThrows(
                IllegalArgumentException.class,
                () -> OtpauthUri.parseWeakLegacy("otpauth://totp/taro?secret=JBSWY3DPEHPA"));
    }

    @Test
    void namesTheParameterThatIsWrong() {
        for (String parameter : new String[] {"digits=99", "period=0", "counter=-1"}) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> OtpauthUri.parse("otpauth://totp/taro?secret=" + BASE32 + "&" + parameter));
            assertTrue(String.valueOf(e.getMessage())
                    .startsWith("The parameter " + parameter.split("=", 2)[0] + " "));
        }
    }

    @Test
    void rejectsNamesAndUrisThatAreTooLong() {
        String longName = "x".repeat(OtpauthUri.MAX_NAME_LENGTH + 1);
        String image = "otpauth://totp/taro?secret=" + BASE32 + "&image=";
        String longest = image + "x".repeat(8192 - image.length());

        assertThrows(
                IllegalArgumentException.class,
                () -> OtpauthUri.parse("otpauth://totp/" + longName + "?secret=" + BASE32));
        assertEquals("taro", OtpauthUri.parse(longest).account());
        assertThrows(IllegalArgumentException.class, () -> OtpauthUri.parse(longest + "x"));
    }

    @Test
    void rejectsValuesThatNoUriCanRepresent() {
        TotpProfile lateT0 = new TotpProfile(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(30), Instant.ofEpochSecond(1));
        HotpProfile hotp = new HotpProfile(HmacAlgorithm.SHA1, 6);

        assertThrows(IllegalArgumentException.class, () -> new OtpauthUri.ForTotp(null, "taro", SECRET, lateT0));
        assertThrows(IllegalArgumentException.class, () -> new OtpauthUri.ForHotp(null, "taro", SECRET, hotp, -1));
        for (String name : new String[] {"", " ", " a", "a ", "a\u0000", "\uD800"}) {
            assertThrows(IllegalArgumentException.class, () -> new OtpauthUri.ForHotp(name, "taro", SECRET, hotp, 0));
            assertThrows(IllegalArgumentException.class, () -> new OtpauthUri.ForHotp(null, name, SECRET, hotp, 0));
        }
        for (String issuer : new String[] {null, "c:d"}) {
            assertThrows(IllegalArgumentException.class, () -> new OtpauthUri.ForHotp(issuer, "a:b", SECRET, hotp, 0));
        }
    }

    @Test
    void writesAsciiInEveryLocale() {
        for (String tag : new String[] {"ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "tr-TR"}) {
            DefaultLocale.during(tag, () -> {
                String uri = new OtpauthUri.ForTotp("Işık", "taro", SECRET, TotpProfile.BANK).exposeUri();
                assertEquals(
                        "otpauth://totp/I%C5%9F%C4%B1k:taro?secret=" + BASE32
                                + "&issuer=I%C5%9F%C4%B1k&algorithm=SHA1&digits=8&period=60",
                        uri);
                assertEquals(
                        "Işık",
                        OtpauthUri.parse(uri.replace("otpauth://totp", "OTPAUTH://TOTP"))
                                .issuer());
            });
        }
    }

    @Test
    @Tag("R10.2")
    void showsNoSecret() {
        OtpauthUri value = new OtpauthUri.ForTotp("Bank", "taro", SECRET, TotpProfile.BANK);

        assertFalse(value.toString().contains("GEZD"));
        assertFalse(value.toString().contains("1234567890"));
    }
}
