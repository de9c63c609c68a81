package dev.watchword.otp.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.app.support.SampleToken;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link SigningKey}: its encoding in a vault's entry, and its destruction. */
@Tag("R13.4")
class SigningKeyTest {
    private static final Owner OWNER = new Owner(SampleToken.SERVICE, SampleToken.USER);
    private static final HexFormat HEX = HexFormat.of();

    private final DeviceKey device = DeviceKey.generate(DeviceKeyType.P256, new SecureRandom());

    /** Returns an entry with a suite and the encoded answers. This method repeats the format. */
    private byte[] entry(String suite, String answers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HEX.parseHex("01" + "000000005f9ca90000000000" + "09" + "323433373235383634"));
        out.write(suite.length());
        out.writeBytes(suite.getBytes(StandardCharsets.US_ASCII));
        out.write(0);
        out.write(32);
        out.writeBytes(SampleToken.signingSecret());
        out.writeBytes(device.exposeBytes());
        out.writeBytes(HEX.parseHex(answers));
        return out.toByteArray();
    }

    private static String answer(String id, String approved) {
        return id.repeat(16) + "0000000055dd169800000000" + approved + "ab".repeat(32);
    }

    private byte[] entryWithAnswers(String answers) {
        return entry(SampleToken.SIGNING_SUITE.text(), answers);
    }

    @Test
    void keepsItsEncoding() {
        SigningKey key = SigningKey.of(SampleToken.signingContents(), device).orElseThrow();
        byte[] two = entryWithAnswers("0002" + answer("0a", "00") + answer("0b", "01"));

        assertArrayEquals(entryWithAnswers("0000"), key.write());
        assertArrayEquals(two, SigningKey.read(OWNER, two).write());
        assertEquals(Optional.empty(), SigningKey.of(SampleToken.contents(), device));
    }

    @Test
    void readsEachAnswerOnceInOrder() {
        for (String answers : new String[] {
            answer("0b", "00") + answer("0a", "00"), answer("0a", "00") + answer("0a", "01"), answer("0a", "02")
        }) {
            String count = answers.length() == 122 ? "0001" : "0002";
            assertRejected("ordered by the ID", entryWithAnswers(count + answers));
        }
        assertRejected("at most 256", entryWithAnswers("0101"));
        assertRejected("complete", entryWithAnswers("0100"));
        assertRejected("end after its last field", entryWithAnswers("000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C-QH64", "QH64-PSHA1", "QH64-S064", "QH64-T1M"})
    void readsNoSuiteWithAnotherInputThanAChallenge(String inputs) {
        assertRejected("no other input", entry("OCRA-1:HOTP-SHA256-8:" + inputs, "0000"));
    }

    private static void assertRejected(String rule, byte[] entry) {
        var e = assertThrows(IllegalArgumentException.class, () -> SigningKey.read(OWNER, entry));
        assertTrue(e.toString().contains(rule), e.toString());
    }

    @Test
    @Tag("R10.2")
    void wipesItsSecretsWhenItIsClosed() {
        TokenContents contents = SampleToken.signingContents();
        SigningKey key = SigningKey.of(contents, device).orElseThrow();

        key.close();

        assertTrue(contents.signingSecret().orElseThrow().isDestroyed());
        assertFalse(contents.secret().isDestroyed());
        assertTrue(device.isDestroyed());
        assertThrows(IllegalStateException.class, key::write);
    }
}
