package dev.watchword.otp.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.app.support.FixedRandom;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the code that seals and opens answers with published vectors. */
@Tag("R4.3")
class HpkeTest {
    private static final byte[] INFO = hex("4f6465206f6e2061204772656369616e2055726e");
    private static final byte[] AAD = hex("436f756e742d30");
    private static final byte[] PLAIN = hex("4265617574792069732074727574682c20747275746820626561757479");

    /**
     * DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM in base mode, from the vector file that RFC 9180's
     * appendix quotes.
     */
    @Test
    void reproducesTheRfcVectorOnP256() {
        byte[] privateKey = hex("317f915db7bc629c48fe765587897e01e282d3e8445f79f27f65d031a88082b2");
        byte[] publicKey = hex("04abc7e49a4c6b3566d77d0304addc6ed0e98512ffccf505e6a8e3eb25c685136f"
                + "853148544876de76c0f2ef99cdc3a05ccf5ded7860c7c021238f9e2073d2356c");
        byte[] sealed = hex("04c06b4f6bebc7bb495cb797ab753f911aff80aefb86fd8b6fcc35525f3ab5f03e"
                + "0b21bd31a86c6048af3cb2d98e0d3bf01da5cc4c39ff5370d331a4f1f7d5a4e0"
                + "58c61a45059d0c5704560e9d88b564a8b63f1364b8d1fcb3c4c6ddc1d291742465e902cd216f8908da49f8f96f");
        FixedRandom source = new FixedRandom(hex("a90d3417c3da9cb6c6ae19b4b5dd6cc9529a4cc24efb7ae0ace1f31887a8cd6c"));

        assertArrayEquals(publicKey, Hpke.publicKey(DeviceKeyType.P256, privateKey));
        assertArrayEquals(sealed, Hpke.seal(DeviceKeyType.P256, publicKey, INFO, AAD, PLAIN, source));
        assertTrue(source.isWiped());
        assertArrayEquals(
                PLAIN,
                Hpke.open(DeviceKeyType.P256, privateKey, INFO, AAD, sealed).orElseThrow());
    }

    /** RFC 9180 A.3.1: DeriveKeyPair on P-256. */
    @Test
    void derivesKeysAsTheRfcDoes() {
        byte[] ikm = hex("668b37171f1072f3cf12ea8a236a45df23fc13b82af3609ad1e354f6ef817550");
        FixedRandom source = new FixedRandom(ikm);
        byte[] privateKey = Hpke.newPrivateKey(DeviceKeyType.P256, source);

        assertTrue(source.isWiped());

        assertArrayEquals(hex("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2"), privateKey);
        assertEquals(
                "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82"
                        + "6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0",
                HexFormat.of().formatHex(Hpke.publicKey(DeviceKeyType.P256, privateKey)));
    }

    /**
     * The first vector of draft-connolly-cfrg-xwing-kem-08, appendix C: both ends of its key, both ends of its
     * ciphertext, and its shared secret. The test computes the rest of HPKE from the shared secret with the platform's
     * HMAC and AES.
     */
    @Test
    void reproducesTheDraftVectorOfXWing() throws GeneralSecurityException {
        byte[] privateKey = hex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26");
        byte[] random = hex("3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e2"
                + "35b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2");
        byte[] sharedSecret = hex("d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384");

        byte[] publicKey = Hpke.publicKey(DeviceKeyType.X_WING, privateKey);
        byte[] sealed = Hpke.seal(DeviceKeyType.X_WING, publicKey, INFO, AAD, PLAIN, new FixedRandom(random));

        assertEnds(
                "e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5",
                "859edb06eff389b27dce59844570216223593d4ba32d9abac8cd049040ef6534",
                publicKey,
                1216);
        assertEnds(
                "b83aa828d4d62b9a83ceffe1d3d3bb1ef31264643c070c5798927e41fb07914a",
                "e56f17576740ce2a32fc5145030145cfb97e63e0e41d354274a079d3e6fb2e15",
                Arrays.copyOf(sealed, 1120),
                1120);
        assertArrayEquals(PLAIN, opened(sharedSecret, Arrays.copyOfRange(sealed, 1120, sealed.length)));
        assertArrayEquals(
                PLAIN,
                Hpke.open(DeviceKeyType.X_WING, privateKey, INFO, AAD, sealed).orElseThrow());
    }

    private static void assertEnds(String first, String last, byte[] bytes, int length) {
        String text = HexFormat.of().formatHex(bytes);
        assertEquals(length, bytes.length);
        assertEquals(first, text.substring(0, first.length()));
        assertEquals(last, text.substring(text.length() - last.length()));
    }

    /**
     * Decrypts the first message in base mode (RFC 9180 §5.1 and §5.2) with X-Wing (0x647a), HKDF-SHA256 and
     * AES-256-GCM.
     */
    private static byte[] opened(byte[] sharedSecret, byte[] closed) throws GeneralSecurityException {
        byte[] suite = hex("48504b45647a00010002");
        byte[] none = {};
        byte[] context = joined(
                new byte[] {0}, extract(none, suite, "psk_id_hash", none), extract(none, suite, "info_hash", INFO));
        byte[] secret = extract(sharedSecret, suite, "secret", none);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(expand(secret, suite, "key", context, 32), "AES"),
                new GCMParameterSpec(128, expand(secret, suite, "base_nonce", context, 12)));
        cipher.updateAAD(AAD);
        return cipher.doFinal(closed);
    }

    private static byte[] extract(byte[] salt, byte[] suite, String label, byte[] ikm) throws GeneralSecurityException {
        return hmac(salt.length == 0 ? new byte[32] : salt, joined(ascii("HPKE-v1"), suite, ascii(label), ikm));
    }

    /** HKDF-Expand (RFC 5869 §2.3) of one block, which is long enough for every output here. */
    private static byte[] expand(byte[] prk, byte[] suite, String label, byte[] info, int length)
            throws GeneralSecurityException {
        byte[] labeled = joined(new byte[] {0, (byte) length}, ascii("HPKE-v1"), suite, ascii(label), info);
        return Arrays.copyOf(hmac(prk, joined(labeled, new byte[] {1})), length);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
