package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/** Two nodes with one store, whose clocks differ from each other and from the phone's clock. */
@Tag("R1.2")
class NodeClocksProperties {
    private static final Holder TARO = new Holder("taro");

    /** The window of the policy reaches one step of 60 seconds into the past and into the future. */
    private static final int WINDOW_SECONDS = 60;

    private FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private InMemoryTokenStore store = new InMemoryTokenStore();
    private FakePhone phone = FakePhone.active(node(0).tokens(), TARO, clock);

    /** The tries of a property share an instance of this class, so wrong codes of many tries would reach the ceiling. */
    @BeforeTry
    void begin() {
        clock = FakeClock.at("2026-11-23T09:00:00Z");
        store = new InMemoryTokenStore();
        phone = FakePhone.active(node(0).tokens(), TARO, clock);
    }

    private Institution node(int secondsAhead) {
        return TestInstitution.builder(store, Clock.offset(clock, Duration.ofSeconds(secondsAhead)))
                .build();
    }

    /**
     * A login.
     *
     * @param pause the steps since the login before it
     * @param seconds the seconds since the beginning of the step
     */
    private void advance(int pause, int seconds) {
        for (int i = 0; i < pause; i++) {
            clock.toNextStep(TotpProfile.BANK);
        }
        clock.advance(Duration.ofSeconds(seconds));
    }

    @Property(tries = 300)
    @Tag("R1.4")
    void withinTheWindowEachRightCodeIsAcceptedOnce(
            @ForAll @IntRange(min = -WINDOW_SECONDS, max = WINDOW_SECONDS) int oneAhead,
            @ForAll @IntRange(min = -WINDOW_SECONDS, max = WINDOW_SECONDS) int otherAhead,
            @ForAll @Size(min = 1, max = 15) List<@IntRange(min = 1, max = 5) Integer> pauses,
            @ForAll @Size(15) List<@IntRange(min = 0, max = 59) Integer> seconds,
            @ForAll @Size(15) List<Boolean> turns) {
        Institution one = node(oneAhead);
        Institution other = node(otherAhead);
        for (int i = 0; i < pauses.size(); i++) {
            advance(pauses.get(i), seconds.get(i));
            String code = phone.code();
            Institution first = turns.get(i) ? one : other;
            Institution second = turns.get(i) ? other : one;

            assertTrue(first.tokens().verify(TARO, code, Purpose.LOGIN).isAccepted(), "login " + i);
            assertEquals(
                    Refusal.REPLAYED,
                    second.tokens()
                            .verify(TARO, code, Purpose.LOGIN)
                            .fold(accepted -> null, refused -> refused.refusal()));
        }
    }

    /** Refused codes suspend the token, and an operator resumes it. */
    @Property(tries = 300)
    void noDifferenceMakesACodeGoodTwice(
            @ForAll @IntRange(min = -900, max = 900) int oneAhead,
            @ForAll @IntRange(min = -900, max = 900) int otherAhead,
            @ForAll @Size(min = 5, max = 30) List<@IntRange(min = 0, max = 3) Integer> pauses,
            @ForAll @Size(30) List<@IntRange(min = 0, max = 59) Integer> seconds,
            @ForAll @Size(30) List<Boolean> turns) {
        Institution one = node(oneAhead);
        Institution other = node(otherAhead);
        Set<String> accepted = new HashSet<>();
        for (int i = 0; i < pauses.size(); i++) {
            if (pauses.get(i) > 0) {
                advance(pauses.get(i), seconds.get(i));
            }
            String code = phone.code();
            for (Institution node : turns.get(i) ? List.of(one, other) : List.of(other, one)) {
                Outcome<Registration> outcome = node.tokens().verify(TARO, code, Purpose.LOGIN);
                assertFalse(outcome.isAccepted() && !accepted.add(code), () -> "twice: " + code);
                if (outcome.fold(so -> false, refused -> refused.refusal() == Refusal.SUSPENDED)) {
                    assertTrue(node.desk(new Operator("helpdesk-7"))
                            .resume(TARO, "the clocks differ")
                            .isAccepted());
                }
            }
        }
    }
}
