package dev.watchword.otp.app;

import static dev.watchword.otp.app.support.SampleToken.SERVICE;
import static dev.watchword.otp.app.support.SampleToken.USER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.app.support.PlainText;
import dev.watchword.otp.app.support.SampleToken;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link SealedAnswer}: only its device opens it, for its user and service, and only unchanged. */
@Tag("R4.3")
class SealedAnswerTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] INFO =
            ("Watchword provisioning answer\u0001" + SERVICE + USER).getBytes(StandardCharsets.US_ASCII);

    private static SealedAnswer sealedTo(DeviceKey device) {
        return SealedAnswer.seal(SampleToken.contents(), device.publicKey(), RANDOM);
    }

    /**
     * Returns the contents that an app finds in received bytes. Returns empty for bytes that are not a sealed answer.
     */
    private static Optional<TokenContents> opened(DeviceKey device, byte[] bytes) {
        SealedAnswer answer;
        try {
            answer = SealedAnswer.fromBytes(bytes);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return device.open(answer, SERVICE, USER);
    }

    @ParameterizedTest
    @EnumSource
    void opensOnItsDevice(DeviceKeyType type) {
        DeviceKey device = DeviceKey.generate(type, RANDOM);
        SealedAnswer sent = sealedTo(device);
        SealedAnswer received = SealedAnswer.fromBytes(sent.toBytes());

        assertEquals(Optional.of(SampleToken.contents()), device.open(received, SERVICE, USER));
        assertEquals(sent, received);
        assertEquals(sent.hashCode(), received.hashCode());
        assertNotEquals(sent, sealedTo(device));
        assertNotEquals(sent.hashCode(), sealedTo(device).hashCode());
        assertFalse(PlainText.shows(sent.toBytes(), SampleToken.secret()));
    }

    @ParameterizedTest
    @EnumSource
    void opensOnNoOtherDevice(DeviceKeyType type) {
        SealedAnswer answer = sealedTo(DeviceKey.generate(type, RANDOM));

        for (DeviceKeyType other : DeviceKeyType.values()) {
            assertEquals(Optional.empty(), DeviceKey.generate(other, RANDOM).open(answer, SERVICE, USER));
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensForNoOtherUserOrService(DeviceKeyType type) {
        DeviceKey device = DeviceKey.generate(type, RANDOM);
        SealedAnswer answer = sealedTo(device);

        assertEquals(Optional.empty(), device.open(answer, SERVICE, "999800000002"));
        assertEquals(Optional.empty(), device.open(answer, "10112236", USER));
        assertTrue(device.open(answer, SERVICE, USER).isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void doesNotOpenWithAnyBitChanged(DeviceKeyType type) {
        DeviceKey device = DeviceKey.generate(type, RANDOM);
        byte[] bytes = sealedTo(device).toBytes();

        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(Optional.empty(), opened(device, bytes), "changed bit " + bit);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertTrue(opened(device, bytes).isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void doesNotOpenCutOrLengthened(DeviceKeyType type) {
        DeviceKey device = DeviceKey.generate(type, RANDOM);
        byte[] bytes = sealedTo(device).toBytes();

        for (int length = 0; length <= bytes.length + 20; length++) {
            assertEquals(
                    length == bytes.length,
                    opened(device, Arrays.copyOf(bytes, length)).isPresent());
        }
    }

    /**
     * The bytes are the format, the type, the encapsulated key and the ciphertext. This test repeats the associated
     * data in full, so that no change of it goes unnoticed.
     */
    @ParameterizedTest
    @EnumSource
    void isHpkeOfTheContentsBoundToHeaderAndUser(DeviceKeyType type) {
        DeviceKey device = DeviceKey.generate(type, RANDOM);
        byte[] bytes = sealedTo(device).toBytes();
        byte[] key = Arrays.copyOfRange(device.exposeBytes(), 1, 33);

        assertArrayEquals(new byte[] {1, (byte) (type == DeviceKeyType.X_WING ? 1 : 2)}, Arrays.copyOf(bytes, 2));
        assertArrayEquals(
                ContentsFormat.write(SampleToken.contents()),
                Hpke.open(type, key, INFO, Arrays.copyOf(bytes, 2), Arrays.copyOfRange(bytes, 2, bytes.length))
                        .orElseThrow());
    }

    /** Anyone can seal to a public key, so the device checks contents that open as strictly as any other bytes. */
    @Test
    void rejectsMalformedContentsAndThoseOfAnotherUser() {
        DeviceKey device = DeviceKey.generate(DeviceKeyType.P256, RANDOM);

        assertTrue(device.open(forged(device, SampleToken.contents()), SERVICE, USER)
                .isPresent());
        assertEquals(
                Optional.empty(),
                device.open(forged(device, SampleToken.contents(SERVICE, "999800000002")), SERVICE, USER));
        assertEquals(Optional.empty(), device.open(forged(device, new byte[0]), SERVICE, USER));
        assertEquals(Optional.empty(), device.open(forged(device, new byte[100]), SERVICE, USER));
    }

    private static SealedAnswer forged(DeviceKey device, TokenContents contents) {
        return forged(device, ContentsFormat.write(contents));
    }

    private static SealedAnswer forged(DeviceKey device, byte[] contents) {
        byte[] header = {1, 2};
        byte[] sealed = Hpke.seal(DeviceKeyType.P256, device.publicKey().key(), INFO, header, contents, RANDOM);
        byte[] bytes = Arrays.copyOf(header, 2 + sealed.length);
        System.arraycopy(sealed, 0, bytes, 2, sealed.length);
        return SealedAnswer.fromBytes(bytes);
    }

    @Test
    void boundsItsLength() {
        byte[] shortest = Arrays.copyOf(new byte[] {1, 2}, 2 + 65 + 16);
        byte[] longest = Arrays.copyOf(shortest, shortest.length + ContentsFormat.MAX_LENGTH);

        assertArrayEquals(shortest, SealedAnswer.fromBytes(shortest).toBytes());
        assertArrayEquals(longest, SealedAnswer.fromBytes(longest).toBytes());
        for (byte[] wrong :
                new byte[][] {Arrays.copyOf(shortest, shortest.length - 1), Arrays.copyOf(longest, longest.length + 1)
                }) {
            var e = assertThrows(IllegalArgumentException.class, () -> SealedAnswer.fromBytes(wrong));
            assertEquals(
                    "A sealed answer of type P256 must have 83 to " + longest.length + " bytes, not " + wrong.length,
                    e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0001", "0201", "0100", "0103", "01ff"})
    void rejectsUnknownFormatsAndTypes(String header) {
        byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(header), header.length() < 4 ? header.length() / 2 : 1400);

        var e = assertThrows(IllegalArgumentException.class, () -> SealedAnswer.fromBytes(bytes));

        assertTrue(e.toString().contains("of this library"), e.toString());
    }

    @Test
    @Tag("R10.2")
    void showsNoContentsAndRequiresAUsableSecret() {
        TokenContents contents = SampleToken.contents();
        DevicePublicKey device = DeviceKey.generate(RANDOM).publicKey();
        int length = SealedAnswer.seal(contents, device, RANDOM).toBytes().length;

        assertEquals(
                "SealedAnswer[X_WING, " + length + " bytes]",
                SealedAnswer.seal(contents, device, RANDOM).toString());
        contents.secret().destroy();
        assertThrows(IllegalStateException.class, () -> SealedAnswer.seal(contents, device, RANDOM));
    }
}
