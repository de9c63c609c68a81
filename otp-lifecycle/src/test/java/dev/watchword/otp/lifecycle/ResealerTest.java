package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import dev.watchword.otp.lifecycle.stock.CsvFormat;
import dev.watchword.otp.lifecycle.stock.CsvSeedReader;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys are rotated while codes are verified, and nothing is left under the old one. */
@Tag("R10.1")
class ResealerTest {
    private static final ServiceId SERVICE = InMemoryTokens.SERVICE_ID;
    private static final String OLD = "seal old " + key(1);
    private static final String NEW = "seal new " + key(2) + " current";
    private static final String HISTORY = "history h " + key(3);
    private static final KeySource BEFORE = KeyRing.parse(OLD + "\n" + HISTORY, "before");
    private static final KeySource MEANWHILE = KeyRing.parse(OLD + "\n" + NEW + "\n" + HISTORY, "meanwhile");
    private static final KeySource AFTER = KeyRing.parse(NEW + "\n" + HISTORY, "after");
    private static final Confirmation PASSWORD = Confirmation.NONE.password("hirosaki1");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenService before = service(BEFORE);
    private final Holder taro = new Holder("taro");
    private final Holder hanako = new Holder("hanako");

    private static String key(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(key);
    }

    private TokenService service(KeySource keys) {
        TokenPolicy policy =
                TokenPolicy.BANK.withHashing(HashingPolicy.FOR_TESTS).withConfirmation(ConfirmationPolicy.BANK);
        return TokenService.builder(SERVICE, store, keys, clock).policy(policy).build();
    }

    /** Every place where something sealed is kept: in use, waiting, in stock, passwords, mail codes. */
    private FakeAuthenticator fill() {
        OtpSecret secret = OtpSecret.copyOf(new byte[20]);
        String file = "serial,secret_hex,kind,digits,step,counter,expiry\n";
        for (String serial : List.of("10000001", "10000002")) {
            file += serial + "," + HexFormat.of().formatHex(new byte[20]) + ",TOTP,8,60,,2027-11-23T09:00:00Z\n";
        }
        FobStock.of(SERVICE, store, BEFORE, clock, new SecureRandom())
                .importBatch(
                        new BatchId("b"),
                        CsvSeedReader.open(
                                new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), CsvFormat.DEFAULT),
                        staged -> {});
        for (Holder holder : List.of(taro, hanako)) {
            before.setConfirmationPassword(holder, "hirosaki1");
        }
        before.orderFob(taro, PASSWORD);
        OperatorDesk desk = before.desk(new Operator("o"));
        desk.assign(taro, new SerialNumber("10000001"));
        desk.send(taro);
        FakeAuthenticator fob = new FakeAuthenticator(TotpProfile.BANK, secret, clock);
        assertTrue(before.activateHardware(taro, "10000001", Confirmation.NONE.code(fob.code())) instanceof Accepted);
        String mailCode = ((MailCodeMade) before.makeMailCode(hanako, Operation.ISSUE, "h@bank.example")).code();
        SoftwareRequest request = SoftwareRequest.of("h@bank.example", FakePhone.ACTIVATION_PASSWORD);
        assertTrue(before.issueSoftware(hanako, request, PASSWORD.mailCode(mailCode)) instanceof Issued);
        before.makeMailCode(taro, Operation.CANCEL, "t@bank.example");
        clock.toNextStep(TotpProfile.BANK);
        return fob;
    }

    private List<String> keyNames() {
        List<String> names = new ArrayList<>();
        for (Enrolment enrolment : store.page(SERVICE, null, 100)) {
            Stream<Token> tokens = Stream.of(
                            enrolment.token(),
                            enrolment.waiting() == null
                                    ? null
                                    : enrolment.waiting().token())
                    .filter(Objects::nonNull);
            MailCode code = enrolment.factors().mailCode();
            Stream.concat(
                            tokens.flatMap(token -> Stream.of(
                                    token.secret(),
                                    token.provisioning() == null
                                            ? null
                                            : token.provisioning().password())),
                            Stream.of(enrolment.factors().password(), code == null ? null : code.hash()))
                    .filter(Objects::nonNull)
                    .map(SealedSecret::keyName)
                    .forEach(names::add);
        }
        store.stockPage(SERVICE, null, 100).stream()
                .map(StockedFob::secret)
                .map(SealedSecret::keyName)
                .forEach(names::add);
        return names;
    }

    private Resealer resealer(KeySource keys) {
        return Resealer.of(SERVICE, store, keys, new SecureRandom());
    }

    @Test
    @Tag("R12.3")
    void nothingIsLeftUnderTheOldKey() {
        FakeAuthenticator fob = fill();
        assertEquals(7, keyNames().size());
        assertEquals(List.of("old"), keyNames().stream().distinct().toList());
        List<Resealed> told = new ArrayList<>();

        assertEquals(new Resealed(2, 1), resealer(MEANWHILE).run(told::add));

        assertEquals(List.of("new"), keyNames().stream().distinct().toList());
        assertEquals(7, keyNames().size());
        assertEquals(List.of(new Resealed(0, 1), new Resealed(2, 1)), told);
        assertEquals(new Resealed(0, 0), resealer(AFTER).run(told::add));
        TokenService after = service(AFTER);
        assertTrue(after.verify(taro, fob.code(), Purpose.LOGIN) instanceof Accepted);
        assertTrue(after.cancel(hanako, PASSWORD) instanceof Accepted);
        assertTrue(after.orderFob(hanako, PASSWORD) instanceof Accepted);
        assertTrue(after.desk(new Operator("o")).assign(hanako, new SerialNumber("10000002")) instanceof Accepted);
    }

    @Test
    @Tag("R12.3")
    void goesOnAfterAnInterruption() {
        fill();
        Consumer<Resealed> interrupting = done -> {
            throw new IllegalStateException("enough for today");
        };
        assertThrows(IllegalStateException.class, () -> resealer(MEANWHILE).run(interrupting));
        assertEquals(1, keyNames().stream().filter("new"::equals).count());
        assertEquals(new Resealed(2, 0), resealer(MEANWHILE).run(done -> {}));
        assertEquals(List.of("new"), keyNames().stream().distinct().toList());
    }

    /** Whoever decided on what it was before decides again, and puts nothing back under the old key. */
    @Test
    void codesAreVerifiedMeanwhile() {
        FakeAuthenticator fob = fill();
        boolean[] once = {true};
        ForwardingStore between = new ForwardingStore(store) {
            @Override
            public CommitResult commit(EnrolmentChange change) {
                if (once[0]) {
                    once[0] = false;
                    resealer(MEANWHILE).run(done -> {});
                }
                return super.commit(change);
            }
        };
        TokenService slow = TokenService.builder(SERVICE, between, MEANWHILE, clock)
                .policy(TokenPolicy.BANK.withHashing(HashingPolicy.FOR_TESTS))
                .build();
        assertTrue(slow.verify(taro, fob.code(), Purpose.LOGIN) instanceof Accepted);
        assertEquals(List.of("new"), keyNames().stream().distinct().toList());
    }

    /** What was sealed under the old key after its page had passed is found by the next pass. */
    @Test
    void runsUntilAPassFindsNothing() {
        fill();
        Holder late = new Holder("late");
        boolean[] once = {true};
        Resealed done = resealer(MEANWHILE).run(progress -> {
            if (once[0]) {
                once[0] = false;
                before.setConfirmationPassword(late, "hirosaki1");
            }
        });
        assertEquals(new Resealed(3, 1), done);
        assertEquals(List.of("new"), keyNames().stream().distinct().toList());
    }

    @Test
    void aLostKeyAndAMovedSecretAreNamedAndAreNoWrongCode() {
        FakeAuthenticator fob = fill();
        SealingException lost =
                assertThrows(SealingException.class, () -> resealer(AFTER).run(done -> {}));
        assertTrue(String.valueOf(lost.getMessage()).contains("old")
                && String.valueOf(lost.getMessage()).contains("10000002"));
        TokenService without = service(AFTER);
        assertThrows(SealingException.class, () -> without.verify(taro, fob.code(), Purpose.LOGIN));
        assertThrows(SealingException.class, () -> without.verify(taro, fob.wrongCode(), Purpose.LOGIN));
        assertTrue(before.verify(taro, fob.code(), Purpose.LOGIN) instanceof Accepted);
    }
}
