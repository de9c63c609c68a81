package dev.watchword.otp.lifecycle.internal.sealing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.RowMac;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RowAuthenticatorTest {
    private static final ServiceId SERVICE = new ServiceId("10112235");
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final KeySource KEYS = keys("k", 1);

    private final RowAuthenticator rows = new RowAuthenticator(KEYS);

    private static KeySource keys(String name, int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return KeySource.of(name, new SecretKeySpec(new byte[32], "AES"), new SecretKeySpec(key, "HmacSHA256"));
    }

    private static Enrolment unstored() {
        return RandomEnrolments.full(1).toBuilder()
                .head(new ChainLink("k", "0".repeat(64)))
                .build();
    }

    private Enrolment stored() {
        return unstored().toBuilder().rowMac(rows.compute(unstored())).build();
    }

    /** Later components are covered too: the walk finds them by reflection. */
    @Test
    @Tag("R10.5")
    void everyComponentIsCovered() {
        Set<String> changed = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        for (long seed = 0; seed < 40; seed++) {
            ComponentWalk walk =
                    new ComponentWalk(value -> RowDecoder.encoded(1, (Enrolment) value), "Enrolment.rowMac");
            walk.run(RandomEnrolments.full(seed));
            assertEquals(List.of(), walk.uncovered());
            seen.addAll(walk.seen());
            changed.addAll(walk.changed());
        }
        assertEquals(seen, changed);
        assertTrue(changed.contains("HotpProfile.digits"), changed::toString);
        assertTrue(changed.contains("Provisioning.password"), changed::toString);
    }

    @Test
    @Tag("R10.5")
    void theSealOfAStockedTokenCoversEveryValue() {
        ComponentWalk walk = new ComponentWalk(value -> ((StockSeal) value).ofSecret(SERVICE));
        for (OtpProfile profile : List.of(TotpProfile.BANK, HotpProfile.STANDARD)) {
            walk.run(new StockSeal(
                    new BatchId("delivery-1"),
                    new SerialNumber("101199980021"),
                    profile,
                    NOW,
                    NOW.plusSeconds(60),
                    new CodeState(7, 3),
                    new StockSeal.Signing(OcraSuite.parse("OCRA-1:HOTP-SHA1-6:C-QN08"), 7)));
        }
        assertEquals(List.of(), walk.uncovered());
        assertEquals(walk.seen(), walk.changed());
    }

    /** The secret itself is what the seal encrypts. */
    @Test
    @Tag("R10.5")
    void theSealHasEveryValueOfAStockedToken() {
        Set<String> values = Arrays.stream(StockedToken.class.getDeclaredFields())
                .map(Field::getName)
                .filter(name -> !name.equals("secret"))
                .collect(Collectors.toSet());
        assertEquals(
                values,
                Arrays.stream(StockSeal.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toSet()));
    }

    @Test
    @Tag("R10.5")
    void acceptsWhatItComputed() {
        rows.verify(stored());
        new RowAuthenticator(keys("k", 1)).verify(stored());
    }

    @Test
    @Tag("R10.5")
    void rejectsEveryAlteredByte() {
        byte[] bytes = rows.compute(unstored()).bytes();
        for (int i = 0; i < bytes.length; i++) {
            byte[] altered = bytes.clone();
            altered[i] ^= 4;
            assertRejected(unstored(), new RowMac(altered));
        }
        assertRejected(unstored(), new RowMac(Arrays.copyOf(bytes, bytes.length - 1)));
        assertRejected(unstored(), new RowMac(Arrays.copyOf(bytes, bytes.length + 1)));
        assertRejected(unstored(), new RowMac(new byte[] {1}));
    }

    private void assertRejected(Enrolment enrolment, @Nullable RowMac rowMac) {
        Enrolment forged = enrolment.toBuilder().rowMac(rowMac).build();
        String message = String.valueOf(assertThrows(IntegrityException.class, () -> rows.verify(forged))
                .getMessage());
        assertTrue(message.contains("holder " + enrolment.holder()), message);
        assertFalse(message.contains(enrolment.toString()), message);
    }

    @Test
    @Tag("R10.5")
    void rejectsAMissingCodeAndAMissingHead() {
        assertRejected(unstored(), null);
        Enrolment headless = stored().toBuilder().head(null).build();
        assertThrows(IntegrityException.class, () -> rows.verify(headless));
        assertThrows(IllegalArgumentException.class, () -> rows.compute(headless));
    }

    @Test
    @Tag("R10.5")
    void namesAnUnknownFormat() {
        byte[] later = rows.compute(unstored()).bytes();
        later[0] = 2;
        Enrolment stored = unstored().toBuilder().rowMac(new RowMac(later)).build();
        String message = String.valueOf(assertThrows(IntegrityException.class, () -> rows.verify(stored))
                .getMessage());
        assertTrue(message.contains("unknown format 2"), message);
    }

    @Test
    @Tag("R10.5")
    void rejectsOtherKeysAndNamesAMissingOne() {
        assertThrows(IntegrityException.class, () -> new RowAuthenticator(keys("k", 2)).verify(stored()));
        KeyUnavailableException missing = assertThrows(
                KeyUnavailableException.class, () -> new RowAuthenticator(keys("other", 1)).verify(stored()));
        assertTrue(String.valueOf(missing.getMessage()).contains("History key k"), missing.getMessage());
    }

    /** The inputs of the chain are texts that begin with a digit or a hyphen. */
    @Test
    @Tag("R10.5")
    void noCodeIsALinkOfAHistory() {
        byte[] encoding = RowDecoder.encoded(1, unstored());
        assertEquals(0, encoding[0]);
        HistoryChain chain = new HistoryChain(KEYS, SERVICE);
        String mac = HexFormat.of().formatHex(rows.compute(unstored()).bytes(), 1, 33);
        assertNotEquals(chain.check("k"), mac.substring(0, 32));
        assertEquals(mac, HexFormat.of().formatHex(new HistoryMac(KEYS).compute("k", text -> append(text, encoding))));
        assertEquals("\0row\1", new String(encoding, 0, 5, StandardCharsets.ISO_8859_1));
    }

    @Test
    @Tag("R10.5")
    void anInstantOutOfRangeIsRejected() {
        Enrolment far = stored().toBuilder()
                .softwareEndedAt(Instant.MAX)
                .holder(new Holder("taro"))
                .build();
        assertThrows(IntegrityException.class, () -> rows.verify(far));
    }

    private static void append(FieldEncoder text, byte[] bytes) {
        for (byte octet : bytes) {
            text.octet(octet);
        }
    }
}
