package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.Hotp;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Two banks that are equal until the backup. In the lost one, operations continue, and the token's clock drifts. The other
 * one is restored from the backup, and its floor is raised.
 */
@Tag("R11.3")
class FloorProperties {
    private static final TotpProfile PROFILE = TotpProfile.BANK;
    private static final Duration STEP = PROFILE.timeStep();
    private static final TokenPolicy POLICY = TestInstitution.POLICY.withLock(
            LockPolicy.builder().failureLimit(100).failureCeiling(100).build());

    /** A use of the token after the backup: after some steps, with a clock that has moved, by one code or by two. */
    private record Use(int steps, int moved, boolean resynchronises) {}

    @Provide
    Arbitrary<List<Use>> uses() {
        return Combinators.combine(
                        Arbitraries.integers().between(3, 200),
                        Arbitraries.integers().between(-20, 20),
                        Arbitraries.of(true, false))
                .as(Use::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Property(tries = 200)
    void noCodeThatWasSpentAfterTheBackupIsAcceptedAgain(@ForAll("uses") List<Use> uses) {
        RulesBank lost = new RulesBank(POLICY);
        RulesBank restored = new RulesBank(POLICY);
        OtpSecret secret = RulesBank.secret();
        for (RulesBank bank : List.of(lost, restored)) {
            bank.takeOver(
                    TokenKind.HARDWARE,
                    PROFILE,
                    OtpSecret.copyOf(secret.exposeBytes()),
                    CodeState.NEW,
                    Duration.ofDays(1000));
        }
        NavigableMap<Long, String> spent = spentBy(lost, new FakeAuthenticator(PROFILE, secret, lost.clock), uses);
        Instant floor = lost.clock.instant();
        restored.clock.set(floor);

        Instant from = restored.desk
                .raiseFloor(floor, "restored a backup", handled -> {})
                .orElseThrow()
                .loginFrom();

        for (var code : spent.tailMap(PROFILE.stepAt(floor) - 1).entrySet()) {
            Instant shown = PROFILE.startOf(code.getKey());
            if (shown.isAfter(restored.clock.instant())) {
                restored.clock.set(shown);
            }
            assertFalse(restored.login(code.getValue()).isAccepted(), () -> "step " + code.getKey() + " after " + uses);
        }
        assertRightTokenWorksFrom(from, restored, secret);
    }

    private static NavigableMap<Long, String> spentBy(RulesBank bank, FakeAuthenticator token, List<Use> uses) {
        NavigableMap<Long, String> spent = new TreeMap<>();
        int drift = 0;
        for (Use use : uses) {
            bank.clock.advance(STEP.multipliedBy(use.steps()));
            drift = Math.max(
                    -20, Math.min(20, drift + (use.resynchronises() ? use.moved() : Integer.signum(use.moved()))));
            token.drift(drift);
            long step = PROFILE.stepAt(bank.clock.instant()) + drift;
            Outcome<?> outcome = use.resynchronises()
                    ? bank.tokens.resynchronise(RulesBank.TARO, token.code(-1), token.code())
                    : bank.login(token.code());
            if (outcome.isAccepted()) {
                spent.put(step, token.code());
                if (use.resynchronises()) {
                    spent.put(step - 1, token.code(-1));
                }
            }
        }
        return spent;
    }

    private static void assertRightTokenWorksFrom(Instant from, RulesBank bank, OtpSecret secret) {
        FakeAuthenticator right = new FakeAuthenticator(PROFILE, secret, bank.clock);
        if (bank.clock.instant().isBefore(from)) {
            bank.clock.set(from.minusNanos(1000));
            assertFalse(bank.login(right.code()).isAccepted());
            bank.clock.set(from);
        }
        assertTrue(bank.login(right.code()).isAccepted());
    }

    /** A HOTP token in every state: in use, suspended before or after the floor, with wrong codes. */
    @Property(tries = 100)
    void noSingleCodeOfAHotpTokenIsAcceptedBeforeItIsResynchronised(
            @ForAll @IntRange(max = 40) int spentAfterTheBackup,
            @ForAll boolean suspended,
            @ForAll @Size(max = 3) List<@IntRange(max = 60) Integer> tried) {
        RulesBank restored = new RulesBank(POLICY);
        OtpSecret secret = RulesBank.secret();
        Hotp token = Hotp.of(HotpProfile.STANDARD, OtpSecret.copyOf(secret.exposeBytes()));
        restored.takeOver(
                TokenKind.HARDWARE, HotpProfile.STANDARD, secret, CodeState.ofNextCounter(5), Duration.ofDays(1000));
        if (suspended) {
            assertTrue(restored.desk
                    .suspend(RulesBank.TARO, SuspensionReason.LOST, "phoned in")
                    .isAccepted());
        }
        restored.clock.advance(Duration.ofHours(1));
        assertTrue(restored.desk
                .raiseFloor(restored.clock.instant(), "restored a backup", handled -> {})
                .isAccepted());
        if (suspended) {
            assertTrue(restored.desk.resume(RulesBank.TARO, "found it").isAccepted());
        }

        List<Refusal> refusals = new ArrayList<>();
        for (int counter : tried) {
            refusals.add(
                    restored.login(token.generate(5 + counter)).fold(FloorProperties::unexpected, Refused::refusal));
        }
        assertEquals(
                tried.stream()
                        .map(counter -> Refusal.RESYNCHRONISATION_REQUIRED)
                        .toList(),
                refusals);

        int next = 5 + spentAfterTheBackup;
        assertTrue(restored.tokens
                .resynchronise(RulesBank.TARO, token.generate(next), token.generate(next + 1))
                .isAccepted());
        assertTrue(restored.login(token.generate(next + 2)).isAccepted());
    }

    private static Refusal unexpected(Object accepted) {
        throw new AssertionError("The code must be refused, but is accepted: " + accepted);
    }
}
