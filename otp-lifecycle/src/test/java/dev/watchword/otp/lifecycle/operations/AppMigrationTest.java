package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.policy.SerialForm;
import dev.watchword.otp.lifecycle.seeds.CsvTokenReader;
import dev.watchword.otp.lifecycle.seeds.ForeignToken;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcReader;
import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedLimits;
import dev.watchword.otp.lifecycle.seeds.SeedProfile;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.seeds.TokenReader;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens of apps continue here, although the other system gave them neither a serial number nor an expiry. */
@Tag("R12.4")
class AppMigrationTest extends InstitutionFixture {
    private static final OtpSecret SECRET =
            OtpSecret.copyOf("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
    private static final OtpSecret WEAK = OtpSecret.weakLegacyCopyOf("1234567890".getBytes(StandardCharsets.US_ASCII));
    private static final Holder APP = new Holder("app");
    private static final Holder WEAK_APP = new Holder("weak-app");
    private static final Holder FOB = new Holder("fob");
    private static final String FILE = """
            holder,token,serial,secret_base32,kind,digits,step,expiry
            app,SOFTWARE,,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,TOTP,6,30,
            weak-app,SOFTWARE,90000002,gezd gnbv gy3t qojq,TOTP,6,30,2036-01-01T00:00:00Z
            fob,HARDWARE,OATH0001A2B3,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,TOTP,6,30,2036-01-01T00:00:00Z
            """;

    /** The other system's serial numbers have letters. */
    @BeforeEach
    void allowEverySerialNumber() {
        follow(TestInstitution.POLICY.withSerials(SerialForm.GENERAL));
    }

    private Migration migration() {
        return bank.migration(OPERATOR);
    }

    private static CsvTokenReader strict() {
        return CsvTokenReader.open(SeedFiles.stream(FILE), TextLayout.DEFAULT);
    }

    private static CsvTokenReader loud() {
        return CsvTokenReader.openWeakLegacy(SeedFiles.stream(FILE), TextLayout.DEFAULT, SeedLimits.DEFAULT);
    }

    private Token token(Holder holder) {
        return requireNonNull(
                store.find(TestInstitution.SERVICE_ID, holder).orElseThrow().activeToken());
    }

    @Test
    void theNumberSourceAndThePolicySupplyWhatAnAppTokenLacks() {
        assertEquals(2, migration().run(strict(), read -> {}).takenOver());

        Token token = token(APP);
        assertEquals(TokenKind.SOFTWARE, token.kind());
        assertEquals(9, token.serial().value().length());
        Instant end = clock.instant().plus(TestInstitution.POLICY.software().lifetime());
        assertEquals(end.truncatedTo(ChronoUnit.MICROS), token.expiresAt());
        assertEquals(new SerialNumber("OATH0001A2B3"), token(FOB).serial());
        clock.advance(Duration.ofMinutes(3));
        assertAccepted(login(APP, new FakeAuthenticator(TotpProfile.AUTHENTICATOR_APP, SECRET, clock).code()));
    }

    @Test
    void aWeakSecretIsTakenOverOnlyWithTheLoudOption() {
        Migrated without = migration().run(strict(), read -> {});
        assertEquals(Map.of(RecordProblem.WEAK_SECRET, 1L), without.problems());

        Migrated with = migration().run(loud(), read -> {});
        assertEquals(1, with.takenOver());
        assertEquals(2, with.already());
        clock.advance(Duration.ofMinutes(3));
        assertAccepted(login(WEAK_APP, new FakeAuthenticator(TotpProfile.AUTHENTICATOR_APP, WEAK, clock).code()));
    }

    /** A token without serial number is recognised by its secret. */
    @Test
    void aRepeatedRunTakesNothingTwice() {
        assertEquals(3, migration().run(loud(), read -> {}).takenOver());
        SerialNumber serial = token(APP).serial();

        Migrated again = migration().run(loud(), read -> {});
        assertEquals(0, again.takenOver());
        assertEquals(3, again.already());
        assertEquals(Map.of(), again.problems());
        assertEquals(serial, token(APP).serial());
        assertEquals(again, migration().rehearse(loud(), read -> {}));

        ForeignToken another = ForeignToken.builder()
                .holder(APP)
                .kind(TokenKind.SOFTWARE)
                .secret(WEAK)
                .profile(TotpProfile.AUTHENTICATOR_APP)
                .build();
        assertRefused(Refusal.TOKEN_EXISTS, migration().takeOver(another));
        String other = FILE.replace("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        Migrated changed = migration()
                .run(
                        CsvTokenReader.openWeakLegacy(SeedFiles.stream(other), TextLayout.DEFAULT, SeedLimits.DEFAULT),
                        read -> {});
        assertEquals(Map.of(RecordProblem.TOKEN_EXISTS, 1L), changed.problems());
    }

    @Test
    void aSingleAppTokenIsTakenOver() {
        ForeignToken app = ForeignToken.builder()
                .holder(APP)
                .kind(TokenKind.SOFTWARE)
                .secret(SECRET)
                .profile(TotpProfile.AUTHENTICATOR_APP)
                .codes(new CodeState(TotpProfile.AUTHENTICATOR_APP.stepAt(clock.instant()) - 1, 0))
                .build();

        assertAccepted(migration().takeOver(app));
        assertAccepted(login(APP, new FakeAuthenticator(TotpProfile.AUTHENTICATOR_APP, SECRET, clock).code()));
        ForeignToken future =
                app.toBuilder().codes(new CodeState(Long.MAX_VALUE / 4, 0)).build();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> migration().takeOver(future));
        assertTrue(String.valueOf(e.getMessage()).startsWith("Token without serial number: the last step"));
    }

    @Test
    void aHardwareTokenRequiresSerialNumberAndExpiry() {
        ForeignToken.Builder hardware = ForeignToken.builder()
                .holder(FOB)
                .kind(TokenKind.HARDWARE)
                .secret(SECRET)
                .profile(TotpProfile.BANK);

        assertThrows(IllegalArgumentException.class, hardware::build);
        assertThrows(
                IllegalArgumentException.class,
                () -> hardware.serial(new SerialNumber("1")).build());
    }

    /** A rehearsal counts the bad records that share one cause. */
    @Test
    void problemsAreCountedByKind() {
        String head = "holder,token,serial,secret_base32,kind,digits,step,expiry,last_step,drift,user_id\n";
        String start = ",GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,TOTP,6,30,";
        String file = head
                + "a,HARDWARE,1" + start + "2020-01-01T00:00:00Z,,,\n"
                + "b,HARDWARE,2" + start + "2020-01-01T00:00:00Z,,,\n"
                + "c,SOFTWARE," + start + ",,9999,\n"
                + "d,SOFTWARE," + start + ",1764000000,,\n"
                + "e,SOFTWARE," + start + ",,,100000000007\n"
                + "f,SOFTWARE," + start + ",,,100000000007\n"
                + "g,SOFTWARE,3" + start + ",,,\n"
                + "h,SOFTWARE,3" + start + ",,,\n"
                + "e,SOFTWARE," + start + ",,,\n"
                + "i,SOFTWARE,,MZXW6YTB,TOTP,6,30,,,,\n"
                + "j,SOFTWARE,,GEZDGNBVGY3TQOJQ,TOTP,6,30,,,,\n";

        Migrated rehearsed =
                migration().rehearse(CsvTokenReader.open(SeedFiles.stream(file), TextLayout.DEFAULT), read -> {});
        assertEquals(
                Map.of(
                        RecordProblem.EXPIRED, 2L,
                        RecordProblem.DRIFT, 1L,
                        RecordProblem.LAST_STEP, 1L,
                        RecordProblem.USER_ID_TAKEN, 1L,
                        RecordProblem.SERIAL_TAKEN, 1L,
                        RecordProblem.TOKEN_EXISTS, 1L,
                        RecordProblem.MALFORMED, 1L,
                        RecordProblem.WEAK_SECRET, 1L),
                rehearsed.problems());
        assertEquals(2, rehearsed.takenOver());
        assertFalse(store.find(TestInstitution.SERVICE_ID, new Holder("e")).isPresent());
    }

    @Test
    void aPskcFileFeedsTheMigration() {
        String file = SeedFiles.TOTP;
        try (TokenReader reader = TokenReader.ofSeeds(
                PskcReader.open(SeedFiles.stream(file), PskcKey.none()),
                seed -> Optional.of(ForeignToken.of(seed, FOB).build()))) {
            assertEquals(1, migration().run(reader, read -> {}).takenOver());
        }
        assertEquals(new SerialNumber("101199980021"), token(FOB).serial());
        assertEquals(new CodeState(7, -2), token(FOB).codes());
    }

    @Test
    void aSeedWithoutHolderIsABadRecord() {
        TokenReader reader = TokenReader.ofSeeds(
                PskcReader.open(SeedFiles.stream(SeedFiles.TOTP), PskcKey.none()), seed -> Optional.empty());
        Migrated none = migration().run(reader, read -> {});

        assertEquals(
                List.of("The token has no holder; state one, or remove the record"),
                none.bad().first().stream().map(bad -> bad.problem()).toList());
        TokenReader failing =
                TokenReader.ofSeeds(PskcReader.open(SeedFiles.stream(SeedFiles.TOTP), PskcKey.none()), seed -> {
                    throw new IllegalArgumentException("no such customer");
                });
        assertEquals(
                "no such customer",
                migration().run(failing, read -> {}).bad().first().get(0).problem());
    }

    @Test
    void aSeedWithoutTimeHasAnUnknownLastStep() {
        Seed seed = Seed.builder()
                .serial(new SerialNumber("1"))
                .secret(SECRET)
                .profile(new SeedProfile.ForTotp(TotpProfile.BANK, 0, 3))
                .expiresAt(Instant.parse("2031-01-01T00:00:00Z"))
                .build();

        assertEquals(
                new CodeState(Totp.NO_STEP, 3),
                ForeignToken.of(seed, FOB).build().codes());
        assertNotEquals(
                new CodeState(Totp.NO_STEP, 3),
                ForeignToken.of(
                                seed.toBuilder()
                                        .profile(new SeedProfile.ForTotp(TotpProfile.BANK, 9, 3))
                                        .build(),
                                FOB)
                        .build()
                        .codes());
    }
}
