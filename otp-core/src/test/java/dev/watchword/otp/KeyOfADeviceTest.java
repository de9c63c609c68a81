package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys that never leave their device, and providers of the caller's choice. */
@Tag("R1.1")
class KeyOfADeviceTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_111_111_109);
    private static final TotpProfile PROFILE = TotpProfile.of(HmacAlgorithm.SHA1, 8, java.time.Duration.ofSeconds(30));

    private final Device device = new Device();

    @AfterEach
    void removeTheDevice() {
        Security.removeProvider(device.getName());
    }

    @Test
    void generatesAndVerifiesWithoutSeeingTheKey() {
        Totp totp = Totp.of(PROFILE, new KeyInDevice(), device);

        assertEquals("07081804", totp.generate(NOW));
        assertEquals(
                new Verification.Matched(37_037_036, 0),
                totp.verify("07081804", NOW, TotpWindow.ONE_STEP, Totp.NO_STEP));
        Device.EVALUATED.clear();
        assertEquals(Verification.WRONG, totp.verify("07081805", NOW, TotpWindow.ONE_STEP, Totp.NO_STEP));
        assertEquals(3, Device.EVALUATED.size(), "a wrong code costs the whole window, once");
    }

    @Test
    void countsWithoutSeeingTheKey() {
        Hotp hotp = Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), new KeyInDevice(), device);

        assertEquals("755224", hotp.generate(0));
        assertEquals(new Verification.Matched(2, 2), hotp.verify("359152", 0, 3));
    }

    @Test
    void findsTheInstalledProviderThatTakesTheKey() {
        Security.addProvider(device);

        assertEquals("07081804", Totp.of(PROFILE, new KeyInDevice()).generate(NOW));
        assertEquals(
                "755224",
                Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), new KeyInDevice())
                        .generate(0));
    }

    @Test
    void takesTheProviderThatIsChosen() {
        SecretKey key = new SecretKeySpec(Rfc.secret(HmacAlgorithm.SHA1).bytes(), "HmacSHA1");

        assertEquals(
                "07081804", Totp.of(PROFILE, key, new BouncyCastleProvider()).generate(NOW));
        assertEquals(0, Device.EVALUATED.size());
        assertEquals("07081804", Totp.of(PROFILE, new KeyInDevice(), device).generate(NOW));
        assertEquals(1, Device.EVALUATED.size());
    }

    @Test
    void refusesAKeyThatShowsThatItIsTooShort() {
        SecretKey tooShort = new SecretKeySpec(new byte[15], "HmacSHA1");

        assertThrows(IllegalArgumentException.class, () -> Totp.of(PROFILE, tooShort));
        assertThrows(
                IllegalArgumentException.class,
                () -> Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), tooShort, device));
        assertEquals(
                8,
                Totp.of(PROFILE, new SecretKeySpec(new byte[16], "HmacSHA1"))
                        .generate(NOW)
                        .length());
    }

    @Test
    void doesNotCopyTheDigestsOfADevice() throws Exception {
        Security.insertProviderAt(device, 1);

        assertFalse(HashFunction.canBeCopied(MessageDigest.getInstance("SHA-1", device)));
        assertTrue(HashFunction.canBeCopied(MessageDigest.getInstance("SHA-1", "SUN")));
    }

    @Test
    void saysThatNoProviderTakesTheKey() {
        IllegalStateException alone = assertThrows(
                IllegalStateException.class,
                () -> Totp.of(PROFILE, new KeyInDevice()).generate(NOW));
        assertEquals(
                "No installed security provider supports HmacSHA1 with this key; install one that does, or pass it as an argument",
                alone.getMessage());

        Provider platform = Security.getProvider("SunJCE");
        IllegalStateException chosen = assertThrows(
                IllegalStateException.class,
                () -> Totp.of(PROFILE, new KeyInDevice(), platform).generate(NOW));
        assertEquals(
                "The security provider SunJCE does not support HmacSHA1 with this key; pass the provider that created the key",
                chosen.getMessage());
    }

    /** A handle: the bytes stay inside. */
    private static final class KeyInDevice implements SecretKey {
        @Override
        public String getAlgorithm() {
            return "HmacSHA1";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    /** A provider whose HMAC takes its own handles alone. */
    private static final class Device extends Provider {
        static final List<Long> EVALUATED = new ArrayList<>();

        Device() {
            super("Device", "1", "an HSM");
            EVALUATED.clear();
            put("Mac.HmacSHA1", DeviceMac.class.getName());
            put("MessageDigest.SHA-1", DeviceDigest.class.getName());
        }
    }

    /** A hash function whose copies might share what the device keeps. */
    public static final class DeviceDigest extends MessageDigestSpi implements Cloneable {
        @Override
        protected void engineUpdate(byte input) {}

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {}

        @Override
        protected byte[] engineDigest() {
            return new byte[20];
        }

        @Override
        protected void engineReset() {}
    }

    /** The HMAC of that provider. */
    public static final class DeviceMac extends MacSpi {
        private final Mac inside;

        /** Made by the provider's name for it. */
        public DeviceMac() throws Exception {
            inside = Mac.getInstance("HmacSHA1", "SunJCE");
        }

        @Override
        protected int engineGetMacLength() {
            return 20;
        }

        @Override
        protected void engineInit(Key key, @Nullable AlgorithmParameterSpec params) throws InvalidKeyException {
            if (!(key instanceof KeyInDevice)) {
                throw new InvalidKeyException("not a key of this device");
            }
            inside.init(new SecretKeySpec(Rfc.secret(HmacAlgorithm.SHA1).bytes(), "HmacSHA1"));
        }

        @Override
        protected void engineUpdate(byte input) {
            inside.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            inside.update(input, offset, length);
        }

        @Override
        protected byte[] engineDoFinal() {
            Device.EVALUATED.add(1L);
            return inside.doFinal();
        }

        @Override
        protected void engineReset() {
            inside.reset();
        }
    }
}
