package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was spent after a backup was taken is not good again once it was restored. */
@Tag("R11.3")
class FloorTest extends TokenServiceFixture {
    private static final String WORDS = "restored the backup of last night";

    private long raise() {
        return desk.raiseFloor(clock.instant(), WORDS, changed -> {});
    }

    /** The store knows nothing of these codes, as if they had been spent after the backup. */
    @Test
    void noCodeIsGoodThatWasShownBefore() {
        FakePhone phone = activate(TARO);
        FakeAuthenticator fob = activateFob(HANAKO, SERIAL);
        clock.advance(Duration.ofHours(1));
        List<String> spent = new ArrayList<>();
        for (int steps = -1; steps <= 1; steps++) {
            spent.add(fob.code(steps));
        }
        String shown = phone.code();

        assertEquals(2, raise());

        for (String code : spent) {
            assertRefused(Refusal.REPLAYED, login(HANAKO, code));
        }
        assertRefused(Refusal.REPLAYED, login(TARO, shown));
        clock.advance(TotpProfile.BANK.timeStep().multipliedBy(2));
        assertAccepted(login(TARO, phone.code()));
        assertAccepted(login(HANAKO, fob.code()));
        TokenEvent event = tokens.history(TARO, 3, 1).get(0);
        assertEquals(EventType.FLOOR_RAISED, event.type());
        assertEquals(OPERATOR, event.operator());
        assertEquals(WORDS, event.reason());
    }

    @Test
    void aFastFobsCodesAreGoodNoMoreEither() {
        FakeAuthenticator fob = send(TARO, SERIAL);
        fob.drift(8);
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(fob.code())));
        clock.advance(Duration.ofHours(1));
        raise();
        assertRefused(Refusal.REPLAYED, login(TARO, fob.code()));
        assertRefused(Refusal.REPLAYED, login(TARO, fob.code(1)));
        clock.advance(TotpProfile.BANK.timeStep().multipliedBy(2));
        assertAccepted(login(TARO, fob.code()));
    }

    @Test
    void aFobOnItsWayIsFlooredWidely() {
        FakeAuthenticator fob = send(TARO, SERIAL);
        raise();
        assertRefused(Refusal.REPLAYED, tokens.activateHardware(TARO, SERIAL.value(), code(fob.code(9))));
        clock.advance(TotpProfile.BANK.timeStep().multipliedBy(11));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(fob.code())));
    }

    @Test
    void canBeCalledAgain() {
        FakePhone phone = activate(TARO);
        Instant floor = clock.instant();
        assertEquals(1, desk.raiseFloor(floor, WORDS, changed -> {}));
        assertEquals(0, desk.raiseFloor(floor, WORDS, changed -> {}));
        assertEquals(0, desk.raiseFloor(floor.minusSeconds(3600), WORDS, changed -> {}));
        clock.advance(Duration.ofMinutes(2));
        assertAccepted(login(TARO, phone.code()));
    }

    @Test
    void tellsHowFarItIsOverManyHolders() {
        for (int i = 0; i < 205; i++) {
            tokens.orderFob(new Holder("holder-" + i), Confirmation.NONE);
        }
        activate(TARO);
        List<Long> told = new ArrayList<>();
        assertEquals(1, desk.raiseFloor(clock.instant(), WORDS, told::add));
        assertEquals(List.of(0L, 1L), told);
    }

    @Test
    @Tag("R8.3")
    void mailCodesOfBeforeAreGoodNoMore() {
        follow(InMemoryTokens.POLICY.withConfirmation(ConfirmationPolicy.BANK));
        tokens.makeMailCode(TARO, Operation.ISSUE, "taro@bank.example");
        clock.advance(Duration.ofMinutes(1));
        assertEquals(1, raise());
        assertEquals(
                null,
                store.find(InMemoryTokens.SERVICE_ID, TARO)
                        .orElseThrow()
                        .factors()
                        .mailCode());
    }
}
