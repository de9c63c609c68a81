package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.Hotp;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.BadRecords;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.seeds.CsvTokenReader;
import dev.watchword.otp.lifecycle.seeds.ForeignToken;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens from another system continue in this one. */
@Tag("R12.4")
public class MigrationTest extends InstitutionFixture {
    private static final OtpSecret SECRET =
            OtpSecret.copyOf("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
    private static final String HEX = HexFormat.of().formatHex(SECRET.exposeBytes());
    private static final UserId USER = new UserId("100000000007");
    private static final String HEADER = "holder,token,serial,secret_hex,kind,digits,step,counter,algorithm,"
            + "last_step,drift,expiry,user_id,mail_address,suspended\n";
    private static final String EXPIRY = "2030-10-31T09:00:00+09:00";

    private final FakeAuthenticator shown = new FakeAuthenticator(TotpProfile.BANK, SECRET, clock);

    private Migration migration() {
        return bank.migration(OPERATOR);
    }

    /** A hardware token of the bank's profile without other values. */
    private static ForeignToken hardwareToken(Holder holder, CodeState codes) {
        return foreign(holder, null, TokenKind.HARDWARE, SERIAL, codes, null);
    }

    private static ForeignToken foreign(
            Holder holder,
            @Nullable UserId userId,
            TokenKind kind,
            SerialNumber serial,
            CodeState codes,
            @Nullable SuspensionReason suspended) {
        Instant expiresAt = Instant.parse("2030-10-31T00:00:00Z");
        return ForeignToken.builder()
                .holder(holder)
                .userId(userId)
                .kind(kind)
                .serial(serial)
                .secret(SECRET)
                .profile(TotpProfile.BANK)
                .codes(codes)
                .expiresAt(expiresAt)
                .suspended(suspended)
                .build();
    }

    private CodeState spentUntil(int stepsAgo) {
        return new CodeState(TotpProfile.BANK.stepAt(clock.instant()) - stepsAgo, 0);
    }

    @Test
    void aHardwareTokenKeepsItsState() {
        String spent = shown.code(-1);
        assertAccepted(migration().takeOver(hardwareToken(TARO, spentUntil(1))));

        assertEquals(RegistrationStatus.ACTIVE, status(TARO));
        assertEquals(LocalDate.of(2026, 11, 23), inUse(TARO).lastAcceptedOn());
        assertEquals(List.of(EventType.TAKEN_OVER), history(TARO));
        assertEquals(OPERATOR, bank.histories().read(TARO, 0, 1).get(0).operator());
        assertRefused(Refusal.REPLAYED, login(TARO, spent));
        assertAccepted(login(TARO, shown.code()));
        assertEquals(SERIAL, inUse(TARO).serial());
    }

    @Test
    @Tag("R1.4")
    void aLearnedDriftIsKept() {
        shown.drift(7);
        CodeState slow = new CodeState(TotpProfile.BANK.stepAt(clock.instant()) - 100, 7);
        assertAccepted(migration().takeOver(hardwareToken(TARO, slow)));

        assertAccepted(login(TARO, shown.code()));
    }

    /** A drift can be learned wrongly, so the last step can be the one of a right clock. */
    @Test
    @Tag("R1.4")
    void aLearnedDriftDoesNotLimitTheLastStep() {
        int cap = TestInstitution.POLICY.codes().driftCap();
        CodeState codes = new CodeState(TotpProfile.BANK.stepAt(clock.instant()), -cap);
        assertAccepted(migration().takeOver(hardwareToken(TARO, codes)));

        assertRefused(Refusal.REPLAYED, login(TARO, shown.code()));
        clock.toNextStep(TotpProfile.BANK);
        assertAccepted(login(TARO, shown.code()));
    }

    @Test
    @Tag("R1.2")
    void earlierCodesAreSpentIfTheStateIsUnknown() {
        List<String> before = List.of(shown.code(-1), shown.code(), shown.code(1));
        assertAccepted(migration().takeOver(hardwareToken(TARO, CodeState.NEW)));

        before.forEach(code -> assertRefused(Refusal.REPLAYED, login(TARO, code)));
        clock.advance(TotpProfile.BANK.timeStep().multipliedBy(2));
        assertAccepted(login(TARO, shown.code()));
    }

    /** The other system can have learned the drift wrongly, and a code is also searched around the server's step. */
    @Test
    @Tag("R1.2")
    @Tag("R1.4")
    void earlierCodesOfARightClockAreSpentTooIfADriftIsKnown() {
        List<String> before = List.of(shown.code(-1), shown.code(), shown.code(1));
        assertAccepted(migration().takeOver(hardwareToken(TARO, new CodeState(Totp.NO_STEP, -7))));

        before.forEach(code -> assertRefused(Refusal.REPLAYED, login(TARO, code)));
        clock.advance(TotpProfile.BANK.timeStep().multipliedBy(2));
        assertAccepted(login(TARO, shown.code()));
    }

    @Test
    @Tag("R1.2")
    void earlierCodesOfAFastClockAreSpentTooIfItsDriftIsKnown() {
        shown.drift(7);
        List<String> before = List.of(shown.code(-1), shown.code(), shown.code(1));
        assertAccepted(migration().takeOver(hardwareToken(TARO, new CodeState(Totp.NO_STEP, 7))));

        before.forEach(code -> assertRefused(Refusal.REPLAYED, login(TARO, code)));
        clock.advance(TotpProfile.BANK.timeStep().multipliedBy(2));
        assertAccepted(login(TARO, shown.code()));
    }

    @Test
    void aPhoneGoesOnAndIsNotProvisionedHere() {
        assertAccepted(migration().takeOver(foreign(TARO, USER, TokenKind.SOFTWARE, SERIAL, spentUntil(1), null)));

        assertAccepted(login(TARO, shown.code()));
        assertEquals(USER, tokens.registration(TARO).userId());
        assertNull(inUse(TARO).provisionedAt());
        clock.toNextStep(TotpProfile.BANK);
        assertAccepted(tokens.revoke(TARO, code(shown.code())));
        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
        FakePhone phone = FakePhone.issued(tokens, HANAKO, clock);
        assertNotEquals(phone.code(), shown.code());
    }

    @Test
    void anHotpTokenKeepsItsCounter() {
        ForeignToken token = ForeignToken.builder()
                .holder(TARO)
                .kind(TokenKind.HARDWARE)
                .serial(SERIAL)
                .secret(SECRET)
                .profile(HotpProfile.STANDARD)
                .codes(CodeState.ofNextCounter(42))
                .expiresAt(Instant.parse("2030-10-31T00:00:00Z"))
                .build();
        Hotp hotp = Hotp.of(HotpProfile.STANDARD, SECRET);
        assertAccepted(migration().takeOver(token));

        assertRefused(Refusal.REPLAYED, login(TARO, hotp.generate(41)));
        assertAccepted(login(TARO, hotp.generate(42)));
    }

    @Test
    @Tag("R7.1")
    void aSuspendedTokenStaysSuspended() {
        assertAccepted(migration()
                .takeOver(foreign(
                        TARO, null, TokenKind.HARDWARE, SERIAL, spentUntil(1), SuspensionReason.TOO_MANY_FAILURES)));

        assertEquals(List.of(EventType.TAKEN_OVER, EventType.SUSPENDED), history(TARO));
        assertRefused(Refusal.SUSPENDED, login(TARO, shown.code()));
        assertAccepted(desk.resume(TARO, "made sure who it is"));
        assertAccepted(login(TARO, shown.code()));
    }

    @Test
    void nothingIsTakenTwice() {
        assertAccepted(migration().takeOver(foreign(TARO, USER, TokenKind.HARDWARE, SERIAL, spentUntil(1), null)));
        stock(SERIAL_2);

        assertRefused(Refusal.TOKEN_EXISTS, migration().takeOver(hardwareToken(TARO, spentUntil(1))));
        assertRefused(Refusal.SERIAL_TAKEN, migration().takeOver(hardwareToken(HANAKO, spentUntil(1))));
        assertRefused(
                Refusal.SERIAL_TAKEN,
                migration().takeOver(foreign(HANAKO, null, TokenKind.HARDWARE, SERIAL_2, spentUntil(1), null)));
        SerialNumber free = new SerialNumber("101199980033");
        assertRefused(
                Refusal.USER_ID_TAKEN,
                migration().takeOver(foreign(HANAKO, USER, TokenKind.HARDWARE, free, spentUntil(1), null)));
        assertEquals(List.of(), history(HANAKO));

        assertAccepted(desk.revoke(TARO, "asked to"));
        UserId other = new UserId("100000000008");
        assertRefused(
                Refusal.USER_ID_TAKEN,
                migration().takeOver(foreign(TARO, other, TokenKind.HARDWARE, free, spentUntil(1), null)));
        assertAccepted(migration().takeOver(foreign(TARO, USER, TokenKind.HARDWARE, free, spentUntil(1), null)));
        assertAccepted(migration()
                .takeOver(foreign(
                        HANAKO, null, TokenKind.HARDWARE, new SerialNumber("101199980034"), spentUntil(1), null)));
    }

    /** The library draws another user ID if the first one is taken. */
    @Test
    void aDrawnUserIdIsDrawnAgain() {
        List<String> draws = new ArrayList<>(List.of("100000000001", "100000000001", "100000000002"));
        Institution drawing = TestInstitution.builder(store, clock)
                .numbers(new NumberSource() {
                    @Override
                    public UserId userId() {
                        return new UserId(draws.remove(0));
                    }

                    @Override
                    public SerialNumber serial() {
                        return SERIAL;
                    }
                })
                .build();
        assertAccepted(drawing.migration(OPERATOR).takeOver(hardwareToken(TARO, spentUntil(1))));
        assertAccepted(drawing.migration(OPERATOR)
                .takeOver(foreign(HANAKO, null, TokenKind.HARDWARE, SERIAL_2, spentUntil(1), null)));

        assertEquals(new UserId("100000000002"), tokens.registration(HANAKO).userId());
    }

    @Test
    void refusesAnUnusableToken() {
        clock.set(Instant.parse("2030-10-31T00:00:00Z"));
        assertThrows(IllegalArgumentException.class, () -> migration().takeOver(hardwareToken(TARO, spentUntil(1))));
        clock.set(Instant.parse("2030-10-30T23:59:59.999999Z"));
        assertThrows(
                IllegalArgumentException.class,
                () -> migration()
                        .takeOver(hardwareToken(
                                TARO, new CodeState(clock.instant().getEpochSecond(), 0))));
        assertThrows(IllegalArgumentException.class, () -> migration().takeOver(hardwareToken(TARO, spentUntil(-11))));
        int cap = TestInstitution.POLICY.codes().driftCap();
        assertThrows(
                IllegalArgumentException.class,
                () -> migration()
                        .takeOver(
                                hardwareToken(TARO, new CodeState(spentUntil(1).lastStep(), cap + 1))));
        assertEquals(List.of(), history(TARO));

        assertAccepted(migration().takeOver(hardwareToken(TARO, spentUntil(-10))));
        assertAccepted(migration()
                .takeOver(foreign(
                        HANAKO,
                        null,
                        TokenKind.HARDWARE,
                        SERIAL_2,
                        new CodeState(spentUntil(cap + 1).lastStep(), -cap),
                        null)));
    }

    private static String row(int i) {
        return "holder-" + i + ",HARDWARE," + serial(i) + "," + HEX + ",TOTP,8,60,,,,," + EXPIRY + ",,,\n";
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(MigrationTest::row).collect(Collectors.joining());
    }

    private static SerialNumber serial(int i) {
        return new SerialNumber("1011" + (10_000_000 + i));
    }

    private static CsvTokenReader csv(String rows) {
        return CsvTokenReader.open(stream(rows), TextLayout.DEFAULT);
    }

    private static InputStream stream(String rows) {
        return new ByteArrayInputStream((HEADER + rows).getBytes(StandardCharsets.UTF_8));
    }

    private final List<String> said = new ArrayList<>();

    private void show(String text) {
        said.add(text);
    }

    @Test
    void aFileIsRehearsedAndThenTakenOver() throws IOException {
        InputStream file = stream(row(1));
        InputStream sameFile = stream(row(1));
        Operator operator = OPERATOR;
        // region
        Migration migration = bank.migration(operator);
        try (CsvTokenReader reader = CsvTokenReader.open(file, TextLayout.DEFAULT)) {
            Migrated rehearsed = migration.rehearse(reader, read -> show(read + " so far"));
            rehearsed.bad().first().forEach(record -> show(record.toString())); // nothing is changed yet
        }
        try (CsvTokenReader reader = CsvTokenReader.open(sameFile, TextLayout.DEFAULT)) {
            Migrated done = migration.run(reader, read -> show(read + " so far"));
            show(done.takenOver() + " taken over, " + done.already() + " before, "
                    + done.bad().total() + " bad");
        }
        // end
        assertEquals(List.of("1 so far", "1 so far", "1 taken over, 0 before, 0 bad"), said);
        String source =
                Files.readString(Path.of("src/test/java/dev/watchword/otp/lifecycle/operations/MigrationTest.java"));
        Matcher region = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL)
                .matcher(source);
        assertTrue(region.find());
        assertTrue(Files.readString(Path.of("../docs/operations.md"))
                .contains("```java\n" + region.group(1).stripIndent() + "\n```\n"));
    }

    @Test
    void everyColumnIsTakenOver() {
        long lastStep = spentUntil(3).lastStep();
        String file = "taro,HARDWARE," + SERIAL + "," + HEX + ",TOTP,8,60,,SHA1," + lastStep + ",2," + EXPIRY + ","
                + USER + ",taro@bank.example,LOST\n"
                + "hanako,SOFTWARE," + SERIAL_2 + "," + HEX + ",TOTP,6,30,,SHA256,,," + EXPIRY + ",,,\n"
                + "jiro,HARDWARE,10119998," + HEX + ",HOTP,6,,42,,,," + EXPIRY + ",,,\n";
        assertEquals(
                Migrated.of(3, 0, new BadRecords(List.of(), 0), Map.of()),
                migration().run(csv(file), read -> {}));

        Token taro = requireNonNull(
                store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow().token());
        assertEquals(new CodeState(lastStep, 2), taro.codes());
        assertEquals(Instant.parse("2030-10-31T00:00:00Z"), taro.expiresAt());
        assertEquals(TotpProfile.BANK, taro.profile());
        assertEquals(SuspensionReason.LOST, requireNonNull(taro.suspension()).reason());
        assertEquals(USER, tokens.registration(TARO).userId());
        assertEquals(Optional.of(new MailAddress("taro@bank.example")), tokens.mailAddress(TARO));
        assertEquals(TokenKind.SOFTWARE, inUse(HANAKO).kind());
        Token jiro = requireNonNull(store.find(TestInstitution.SERVICE_ID, new Holder("jiro"))
                .orElseThrow()
                .token());
        assertEquals(new HotpProfile(HmacAlgorithm.SHA1, 6), jiro.profile());
        assertEquals(CodeState.ofNextCounter(42), jiro.codes());
    }

    /** A rehearsal reports the same as the run, and changes nothing. */
    @Test
    void badRecordsAreReportedAndTheOthersTakenOver() {
        assertAccepted(migration()
                .takeOver(foreign(new Holder("holder-7"), USER, TokenKind.HARDWARE, serial(7), spentUntil(1), null)));
        stock(SERIAL);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        String other = "," + HEX + ",TOTP,8,60,,,,," + EXPIRY + ",";
        String file = rows(0, 2)
                + "x,HARDWARE,12,00,TOTP,8,60,,,,," + EXPIRY + ",,,\n"
                + "holder-9,HARDWARE," + serial(9) + "," + HEX + ",TOTP,8,60,,,,,2026-11-23T09:00:00Z,,,\n"
                + row(7)
                + "holder-7,HARDWARE," + serial(70) + other + ",,\n"
                + "taro,HARDWARE," + serial(71) + other + ",,\n"
                + "holder-12,HARDWARE," + SERIAL + other + ",,\n"
                + "holder-13,HARDWARE," + serial(13) + other + USER + ",,\n"
                + row(0).replace(serial(0).value(), serial(72).value())
                + row(14).replace(serial(14).value(), serial(1).value())
                + "holder-15,HARDWARE," + serial(15) + other + "100000000009,,\n"
                + "holder-16,HARDWARE," + serial(16) + other + "100000000009,,\n";

        Migrated rehearsed = migration().rehearse(csv(file), read -> {});
        assertEquals(List.of(), history(new Holder("holder-0")));
        assertFalse(store.isTaken(TestInstitution.SERVICE_ID, serial(0)));
        Migrated done = migration().run(csv(file), read -> {});

        assertEquals(done, rehearsed);
        assertEquals(3, done.takenOver());
        assertEquals(1, done.already());
        assertEquals(9, done.bad().total());
        assertEquals(
                List.of(3L, 4L, 6L, 7L, 8L, 9L, 10L, 11L, 13L),
                done.bad().first().stream().map(bad -> bad.place().index()).toList());
        List<String> problems =
                done.bad().first().stream().map(BadRecord::problem).toList();
        assertTrue(problems.get(1).contains("has expired"));
        assertTrue(problems.get(2).contains("another token or an order"));
        assertTrue(problems.get(4).contains("serial number is taken"));
        assertTrue(problems.get(5).contains("another holder has the user ID"));
        assertTrue(problems.get(6).contains("is repeated"));
        assertTrue(problems.stream().noneMatch(problem -> problem.contains(HEX)));
    }

    @Test
    void isInterruptedAndContinued() {
        List<Long> progress = new ArrayList<>();
        assertThrows(
                IllegalStateException.class,
                () -> migration().run(csv(rows(0, 2_500)), read -> {
                    if (read == 2_000) {
                        throw new IllegalStateException("interrupted");
                    }
                }));

        Migrated rest = migration().run(csv(rows(0, 2_500)), progress::add);

        assertEquals(Migrated.of(500, 2_000, new BadRecords(List.of(), 0), Map.of()), rest);
        assertEquals(List.of(1_000L, 2_000L, 2_500L), progress);
        clock.advance(Duration.ofMinutes(3));
        assertAccepted(login(new Holder("holder-2499"), shown.code()));
    }

    @Test
    void theFirstThousandBadRecordsAreReported() {
        String file = IntStream.range(0, 1_500).mapToObj(i -> "bad\n").collect(Collectors.joining());

        Migrated outcome = migration().run(csv(file), read -> {});

        assertEquals(1_500, outcome.bad().total());
        assertEquals(BadRecords.MAX_LISTED, outcome.bad().first().size());
    }
}
