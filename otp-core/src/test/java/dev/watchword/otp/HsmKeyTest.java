package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.support.FakeHsm;
import dev.watchword.otp.support.OpaqueKey;
import dev.watchword.otp.support.RfcSecrets;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.time.Instant;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests keys that stay in an HSM, and providers that the caller chooses. */
@Tag("R1.1")
class HsmKeyTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_111_111_109);
    private static final TotpProfile PROFILE = TotpProfile.of(HmacAlgorithm.SHA1, 8, java.time.Duration.ofSeconds(30));

    private final FakeHsm hsm = new FakeHsm();

    @AfterEach
    void uninstallTheHsm() {
        Security.removeProvider(hsm.getName());
    }

    @Test
    void generatesAndVerifiesTotpWithoutTheKeyBytes() {
        Totp totp = Totp.of(PROFILE, new OpaqueKey("HmacSHA1"), hsm);

        assertEquals("07081804", totp.generate(NOW));
        assertEquals(
                new Verification.Matched(37_037_036, 0),
                totp.verify("07081804", NOW, TotpWindow.ONE_STEP, Totp.NO_STEP));
        int before = hsm.evaluations();
        assertEquals(Verification.WRONG, totp.verify("07081805", NOW, TotpWindow.ONE_STEP, Totp.NO_STEP));
        assertEquals(before + 3, hsm.evaluations(), "a wrong code must cost each step of the window once");
    }

    @Test
    void generatesAndVerifiesHotpWithoutTheKeyBytes() {
        Hotp hotp = Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), new OpaqueKey("HmacSHA1"), hsm);

        assertEquals("755224", hotp.generate(0));
        assertEquals(new Verification.Matched(2, 2), hotp.verify("359152", 0, 3));
    }

    @Test
    void usesTheInstalledProviderThatAcceptsTheKey() {
        Security.addProvider(hsm);

        assertEquals("07081804", Totp.of(PROFILE, new OpaqueKey("HmacSHA1")).generate(NOW));
        assertEquals(
                "755224",
                Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), new OpaqueKey("HmacSHA1"))
                        .generate(0));
    }

    @Test
    void usesTheGivenProvider() {
        SecretKey key = new SecretKeySpec(RfcSecrets.of(HmacAlgorithm.SHA1).exposeBytes(), "HmacSHA1");

        assertEquals(
                "07081804", Totp.of(PROFILE, key, new BouncyCastleProvider()).generate(NOW));
        assertEquals(0, hsm.evaluations());
        assertEquals(
                "07081804", Totp.of(PROFILE, new OpaqueKey("HmacSHA1"), hsm).generate(NOW));
        assertEquals(1, hsm.evaluations());
    }

    @Test
    void rejectsAKeyThatRevealsThatItIsTooShort() {
        SecretKey tooShort = new SecretKeySpec(new byte[15], "HmacSHA1");

        assertThrows(IllegalArgumentException.class, () -> Totp.of(PROFILE, tooShort));
        assertThrows(
                IllegalArgumentException.class, () -> Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), tooShort, hsm));
        assertEquals(
                8,
                Totp.of(PROFILE, new SecretKeySpec(new byte[16], "HmacSHA1"))
                        .generate(NOW)
                        .length());
    }

    @Test
    void doesNotCopyTheDigestsOfAnHsm() throws Exception {
        Security.insertProviderAt(hsm, 1);

        assertFalse(HashFunction.canBeCopied(MessageDigest.getInstance("SHA-1", hsm)));
        assertTrue(HashFunction.canBeCopied(MessageDigest.getInstance("SHA-1", "SUN")));
    }

    @Test
    void reportsThatNoProviderAcceptsTheKey() {
        IllegalStateException alone = assertThrows(
                IllegalStateException.class,
                () -> Totp.of(PROFILE, new OpaqueKey("HmacSHA1")).generate(NOW));
        assertEquals(
                "No installed security provider supports HmacSHA1 with this key;"
                        + " install one that does, or pass it as an argument",
                alone.getMessage());

        Provider platform = Security.getProvider("SunJCE");
        IllegalStateException chosen = assertThrows(
                IllegalStateException.class,
                () -> Totp.of(PROFILE, new OpaqueKey("HmacSHA1"), platform).generate(NOW));
        assertEquals(
                "The security provider SunJCE does not support HmacSHA1 with this key;"
                        + " pass the provider that created the key",
                chosen.getMessage());
    }
}
