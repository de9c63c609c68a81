package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.all;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.figure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.good;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.stream;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.seeds.support.Encrypted;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader derives a key from a password with PBKDF2 (RFC 6030 §6.2), in every spelling that manufacturers use. */
@Tag("R5.1")
class PskcPasswordTest {
    private static final PskcKey QWERTY = PskcKey.password("qwerty".toCharArray());
    private static final String FIGURE = with(
            figure(7), "</pskc:Data>", "<pskc:Counter><pskc:PlainValue>0</pskc:PlainValue></pskc:Counter></pskc:Data>");
    private static final String PKCS5 = "http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2";
    private static final String XENC11 = "http://www.w3.org/2009/xmlenc11#pbkdf2";

    @Test
    void acceptsEverySpellingOfPbkdf2() {
        assertEquals(SECRET, good(FIGURE, QWERTY).secret());
        assertEquals(SECRET, good(with(FIGURE, PKCS5, XENC11), QWERTY).secret());
        assertEquals(
                SECRET,
                good(with(FIGURE, PKCS5, "http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5#pbkdf2"), QWERTY)
                        .secret());
        String xenc11 = with(with(FIGURE, PKCS5, XENC11), "pkcs5:PBKDF2-params", "xenc11:PBKDF2-params");
        for (String name : new String[] {"Salt", "Specified", "IterationCount", "KeyLength"}) {
            xenc11 = with(with(xenc11, "<" + name, "<xenc11:" + name), "</" + name, "</xenc11:" + name);
        }
        xenc11 = with(xenc11, "<PRF/>", "<xenc11:PRF Algorithm=\"http://www.w3.org/2000/09/xmldsig#hmac-sha1\"/>");
        assertEquals(SECRET, good(xenc11, QWERTY).secret());
        assertEquals(SECRET, good(with(FIGURE, "<PRF/>", ""), QWERTY).secret());
    }

    @ParameterizedTest
    @CsvSource({"SHA1,16", "SHA224,16", "SHA256,24", "SHA384,32", "SHA512,32"})
    void derivesKeysWithEveryPrfAndLength(String hash, int length) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(
                "pässwörd".toCharArray(), "saltsalt".getBytes(StandardCharsets.US_ASCII), 1000, 8 * length);
        SecretKey key = new SecretKeySpec(
                SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash)
                        .generateSecret(spec)
                        .getEncoded(),
                "AES");
        String file = Encrypted.file("cbc", key, "SHA256")
                .replaceFirst("<ds:KeyName>.*</ds:KeyName>", derivedKey(hash, length));

        assertEquals(
                SECRET, good(file, PskcKey.password("pässwörd".toCharArray())).secret());
    }

    private static String derivedKey(String hash, int length) {
        return """
                <DerivedKey xmlns="http://www.w3.org/2009/xmlenc11#">
                <KeyDerivationMethod Algorithm="http://www.w3.org/2009/xmlenc11#pbkdf2"><PBKDF2-params>
                <Salt><Specified>c2FsdHNhbHQ=</Specified></Salt><IterationCount>1000</IterationCount>
                <KeyLength>%d</KeyLength><PRF Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-%s"/>
                </PBKDF2-params></KeyDerivationMethod></DerivedKey>
                """.replace("%d", Integer.toString(length)).replace("%s", hash.toLowerCase(Locale.ROOT));
    }

    @Test
    void boundsTheIterations() {
        for (String count : new String[] {"5000001", "2147483647", "9223372036854775807", "999999999999999999"}) {
            assertTrue(failureWith("<IterationCount>1000", "<IterationCount>" + count)
                    .contains("IterationCount must be a whole number"));
        }
        for (String count : new String[] {"999", "0", "-1000", ""}) {
            assertTrue(failureWith("<IterationCount>1000", "<IterationCount>" + count)
                    .contains("IterationCount must be a whole number"));
        }
        SeedLimits exact = SeedLimits.DEFAULT
                .withMaxBytes(1 << 20)
                .withMaxSignedBytes(1)
                .withMaxRecords(1)
                .withMaxIterations(1000);
        assertEquals(1, all(PskcReader.open(stream(FIGURE), QWERTY, exact)).size());
        assertThrows(
                SeedFileException.class,
                () -> all(PskcReader.open(stream(with(FIGURE, ">1000<", ">1001<")), QWERTY, exact)));
    }

    @Test
    void rejectsAnotherDerivation() {
        assertTrue(failureWith(PKCS5, "http://www.w3.org/2009/xmlenc11#ConcatKDF")
                .contains("KeyDerivationMethod must be PBKDF2"));
        assertTrue(failureWith("<PRF/>", "<PRF Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#hmac-md5\"/>")
                .contains("PRF must be HMAC-SHA1"));
        assertTrue(failureWith("<PRF/>", "<PRF><x/></PRF>").contains("PRF must be HMAC-SHA1"));
        assertTrue(failureWith("<PRF/>", "<PRF Algorithm=\"http://www.w3.org/2000/09/xmldsig#hmac-sha1\"><x/></PRF>")
                .contains("PRF must be HMAC-SHA1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "17", "20", "33", "40", "0", ""})
    void rejectsAKeyLengthOtherThan16Or24Or32(String length) {
        assertTrue(failureWith("<KeyLength>16", "<KeyLength>" + length).contains("KeyLength must be "));
    }

    @Test
    void reportsADerivedKeyOfAnotherLength() {
        assertTrue(failureWith("<KeyLength>16", "<KeyLength>24").contains("The cipher needs a key of 128 bits"));
    }

    @Test
    void requiresEachParameterOnce() {
        for (String element : new String[] {"<IterationCount>1000</IterationCount>", "<KeyLength>16</KeyLength>"}) {
            String name = element.substring(1, element.indexOf('>'));
            assertTrue(failureWith(element, "").contains("PBKDF2-params must contain the element " + name));
            assertTrue(
                    failureWith(element, element + element).contains(name + " must occur once; remove the repetition"));
        }
        assertTrue(failureWith("<Specified>Ej7/PEpyEpw=</Specified>", "")
                .contains("Salt must contain the element Specified"));
        assertTrue(failureWith("<PRF/>", "<PRF/><PRF/>").contains("PRF must occur once; remove the repetition"));
        assertTrue(failureWith("xenc11:KeyDerivationMethod", "xenc11:Method")
                .contains("DerivedKey must contain the element KeyDerivationMethod"));
    }

    @Test
    void boundsTheSalt() {
        for (int length : new int[] {0, 7, 257}) {
            String salt = Base64.getEncoder().encodeToString(new byte[length]);
            assertTrue(failureWith("Ej7/PEpyEpw=", salt).contains("Salt must have 8 to 256 bytes"));
        }
        String salt = Base64.getEncoder().encodeToString(new byte[256]);
        assertTrue(failureWith("Ej7/PEpyEpw=", salt).contains(" is wrong"));
        assertTrue(failureWith("Ej7/PEpyEpw=", "?").contains("Specified must be Base64"));
    }

    private static String failureWith(String part, String replacement) {
        return SeedFiles.failure(with(FIGURE, part, replacement), QWERTY);
    }

    @Test
    void reportsThePositionOfAWrongParameter() {
        String message = failureWith("<KeyLength>16", "<KeyLength>17");
        assertTrue(message.contains("line 16, column "), message);
        assertTrue(message.contains("PBKDF2-params/KeyLength"), message);
    }
}
