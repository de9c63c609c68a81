package dev.watchword.otp.app;

import static dev.watchword.otp.app.support.SampleToken.SERVICE;
import static dev.watchword.otp.app.support.SampleToken.USER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.app.support.PlainText;
import dev.watchword.otp.app.support.SampleToken;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.support.SampleRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link SealedRequest}: only its token opens it on its device, only unchanged, and only from its institution. */
@Tag("R13.4")
class SealedRequestTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Owner OWNER = new Owner(SERVICE, USER);
    private static final OtpSecret SECRET = OtpSecret.copyOf(SampleToken.signingSecret());
    private static final SigningRequest REQUEST = SampleRequest.request();
    private static final byte[] INFO =
            ("Watchword sealed request\u0001" + SERVICE + USER).getBytes(StandardCharsets.US_ASCII);

    private static SealedRequest sealedTo(DeviceKey device) {
        return SealedRequest.seal(REQUEST, device.publicKey(), SECRET, RANDOM);
    }

    private static Optional<SigningRequest> opened(DeviceKey device, SealedRequest sealed) {
        return sealed.open(device, SECRET, OWNER);
    }

    /** Returns the request that a token finds in received bytes. Returns empty for bytes that are not a sealed request. */
    private static Optional<SigningRequest> opened(DeviceKey device, byte[] bytes) {
        SealedRequest sealed;
        try {
            sealed = SealedRequest.fromBytes(bytes);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return opened(device, sealed);
    }

    @ParameterizedTest
    @EnumSource
    void opensOnItsDevice(DeviceKeyType type) {
        DeviceKey device = DeviceKey.generate(type, RANDOM);
        SealedRequest sent = sealedTo(device);
        SealedRequest received = SealedRequest.fromBytes(sent.toBytes());

        assertEquals(Optional.of(REQUEST), opened(device, received));
        TokenContents contents = SampleToken.signingContents();
        assertEquals(Optional.of(REQUEST), device.open(received, contents));
        assertEquals(
                Optional.empty(),
                device.open(received, contents.toBuilder().serial("999999999").build()));
        assertEquals(Optional.empty(), device.open(received, SampleToken.contents()));
        assertEquals(sent, received);
        assertEquals(sent.hashCode(), received.hashCode());
        assertNotEquals(sent, sealedTo(device));
        assertNotEquals(sent.hashCode(), sealedTo(device).hashCode());
        assertFalse(PlainText.shows(sent.toBytes(), REQUEST.encode()));
        assertFalse(PlainText.shows(sent.toBytes(), SampleToken.signingSecret()));
    }

    @ParameterizedTest
    @EnumSource
    void opensOnNoOtherDevice(DeviceKeyType type) {
        SealedRequest sealed = sealedTo(DeviceKey.generate(type, RANDOM));

        for (DeviceKeyType other : DeviceKeyType.values()) {
            assertEquals(Optional.empty(), opened(DeviceKey.generate(other, RANDOM), sealed));
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensForNoOtherUserServiceOrSecret(DeviceKeyType type) {
        DeviceKey device = DeviceKey.generate(type, RANDOM);
        SealedRequest sealed = sealedTo(device);
        byte[] other = SampleToken.signingSecret();
        other[31] ^= 1;

        assertEquals(Optional.empty(), sealed.open(device, SECRET, new Owner(SERVICE, "999800000002")));
        assertEquals(Optional.empty(), sealed.open(device, SECRET, new Owner("10112236", USER)));
        assertEquals(Optional.empty(), sealed.open(device, OtpSecret.copyOf(other), OWNER));
        assertTrue(sealed.open(device, SECRET, OWNER).isPresent());
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

    private static byte[] hmac(byte[] key, byte[]... parts) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** Returns the content that the institution's server seals. This method repeats the format. */
    private static byte[] content(byte[] encoded, DevicePublicKey device) throws Exception {
        byte[] key =
                hmac(SampleToken.signingSecret(), "Watchword sealed request key".getBytes(StandardCharsets.US_ASCII));
        byte[] content = Arrays.copyOf(hmac(key, device.toBytes(), encoded), 32 + encoded.length);
        System.arraycopy(encoded, 0, content, 32, encoded.length);
        return content;
    }

    @ParameterizedTest
    @EnumSource
    void isHpkeOfATagAndTheRequestBoundToHeaderAndUser(DeviceKeyType type) throws Exception {
        DeviceKey device = DeviceKey.generate(type, RANDOM);
        byte[] bytes = sealedTo(device).toBytes();
        byte[] key = Arrays.copyOfRange(device.exposeBytes(), 1, 33);

        assertArrayEquals(new byte[] {1, (byte) (type == DeviceKeyType.X_WING ? 1 : 2)}, Arrays.copyOf(bytes, 2));
        assertArrayEquals(
                content(REQUEST.encode(), device.publicKey()),
                Hpke.open(type, key, INFO, Arrays.copyOf(bytes, 2), Arrays.copyOfRange(bytes, 2, bytes.length))
                        .orElseThrow());
    }

    private static SealedRequest forged(DeviceKey device, byte[] info, byte[] content) {
        byte[] header = {1, 2};
        byte[] sealed = Hpke.seal(DeviceKeyType.P256, device.publicKey().key(), info, header, content, RANDOM);
        byte[] bytes = Arrays.copyOf(header, 2 + sealed.length);
        System.arraycopy(sealed, 0, bytes, 2, sealed.length);
        return SealedRequest.fromBytes(bytes);
    }

    /** Anyone can seal to a public key. Only the institution can compute the tag. */
    @Test
    void rejectsARequestThatTheInstitutionDidNotSeal() throws Exception {
        DeviceKey device = DeviceKey.generate(DeviceKeyType.P256, RANDOM);
        byte[] content = content(REQUEST.encode(), device.publicKey());

        assertEquals(Optional.of(REQUEST), opened(device, forged(device, INFO, content)));
        for (int i = 0; i < content.length; i++) {
            byte[] changed = content.clone();
            changed[i] ^= 1;
            assertEquals(Optional.empty(), opened(device, forged(device, INFO, changed)), "changed byte " + i);
        }
        assertEquals(Optional.empty(), opened(device, forged(device, INFO, Arrays.copyOf(content, 32))));
        assertEquals(Optional.empty(), opened(device, forged(device, INFO, new byte[32])));
    }

    /** A device that opens a request cannot pass it on to another device of the same token. */
    @Test
    void rejectsATagForAnotherDevice() throws Exception {
        DeviceKey device = DeviceKey.generate(DeviceKeyType.P256, RANDOM);
        DevicePublicKey other = DeviceKey.generate(DeviceKeyType.P256, RANDOM).publicKey();

        assertEquals(Optional.empty(), opened(device, forged(device, INFO, content(REQUEST.encode(), other))));
    }

    @Test
    void rejectsAnAuthenticContentThatIsNoRequestOfTheUser() throws Exception {
        DeviceKey device = DeviceKey.generate(DeviceKeyType.P256, RANDOM);
        DevicePublicKey key = device.publicKey();
        byte[] anothers = REQUEST.toBuilder().userId("999800000002").build().encode();

        assertEquals(Optional.empty(), opened(device, forged(device, INFO, content(anothers, key))));
        assertEquals(Optional.empty(), opened(device, forged(device, INFO, content(new byte[0], key))));
        assertEquals(Optional.empty(), opened(device, forged(device, INFO, content(new byte[100], key))));
    }

    @Test
    void neitherOpensAsAnAnswerNorDoesAnAnswerOpenAsARequest() throws Exception {
        DeviceKey device = DeviceKey.generate(DeviceKeyType.P256, RANDOM);
        byte[] answer = ("Watchword provisioning answer\u0001" + SERVICE + USER).getBytes(StandardCharsets.US_ASCII);
        byte[] content = content(REQUEST.encode(), device.publicKey());

        assertEquals(Optional.empty(), opened(device, forged(device, answer, content)));
        assertEquals(
                Optional.empty(),
                device.open(SealedAnswer.fromBytes(sealedTo(device).toBytes()), SERVICE, USER));
    }

    @Test
    void boundsItsLength() {
        byte[] shortest = Arrays.copyOf(new byte[] {1, 2}, 2 + 65 + 16 + 32);
        byte[] longest = Arrays.copyOf(shortest, shortest.length + SigningRequest.MAX_ENCODED_LENGTH);

        assertArrayEquals(shortest, SealedRequest.fromBytes(shortest).toBytes());
        assertArrayEquals(longest, SealedRequest.fromBytes(longest).toBytes());
        for (byte[] wrong :
                new byte[][] {Arrays.copyOf(shortest, shortest.length - 1), Arrays.copyOf(longest, longest.length + 1)
                }) {
            var e = assertThrows(IllegalArgumentException.class, () -> SealedRequest.fromBytes(wrong));
            assertEquals(
                    "A sealed request of type P256 must have 115 to " + longest.length + " bytes, not " + wrong.length,
                    e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0001", "0201", "0100", "0103", "01ff"})
    void rejectsUnknownFormatsAndTypes(String header) {
        byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(header), header.length() < 4 ? header.length() / 2 : 1400);

        var e = assertThrows(IllegalArgumentException.class, () -> SealedRequest.fromBytes(bytes));

        assertTrue(e.toString().contains("of this library"), e.toString());
    }

    @Test
    @Tag("R10.2")
    void showsNoContentAndRequiresUsableKeys() {
        DeviceKey device = DeviceKey.generate(RANDOM);
        OtpSecret secret = OtpSecret.copyOf(SampleToken.signingSecret());
        SealedRequest sealed = SealedRequest.seal(REQUEST, device.publicKey(), secret, RANDOM);

        assertEquals("SealedRequest[X_WING, " + sealed.toBytes().length + " bytes]", sealed.toString());
        secret.destroy();
        assertThrows(
                IllegalStateException.class, () -> SealedRequest.seal(REQUEST, device.publicKey(), secret, RANDOM));
        assertThrows(IllegalStateException.class, () -> sealed.open(device, secret, OWNER));
        device.destroy();
        assertThrows(IllegalStateException.class, () -> opened(device, sealed));
    }
}
