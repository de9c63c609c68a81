package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A restored backup does not make codes valid that were spent after the backup. */
@Tag("R11.3")
class FloorTest extends InstitutionFixture {
    private static final String WORDS = "restored the backup of last night";

    @CanIgnoreReturnValue
    private long raise() {
        return desk.raiseFloor(clock.instant(), WORDS, changed -> {}).orElseThrow();
    }

    /** The store has not recorded these codes, as if they had been spent after the backup. */
    @Test
    void noEarlierCodeIsAccepted() {
        FakePhone phone = activate(TARO);
        FakeAuthenticator token = activateHardware(HANAKO, SERIAL);
        clock.advance(Duration.ofHours(1));
        List<String> spent = new ArrayList<>();
        for (int steps = -1; steps <= 1; steps++) {
            spent.add(token.code(steps));
        }
        String shown = phone.code();

        assertEquals(2, raise());

        for (String code : spent) {
            assertRefused(Refusal.REPLAYED, login(HANAKO, code));
        }
        assertRefused(Refusal.REPLAYED, login(TARO, shown));
        clock.advance(TotpProfile.BANK.timeStep().multipliedBy(2));
        assertAccepted(login(TARO, phone.code()));
        assertAccepted(login(HANAKO, token.code()));
        TokenEvent event = bank.histories().read(TARO, 3, 1).get(0);
        assertEquals(EventType.FLOOR_RAISED, event.type());
        assertEquals(OPERATOR, event.operator());
        assertEquals(WORDS, event.reason());
    }

    @Test
    void aFastHardwareTokenIsFlooredToo() {
        FakeAuthenticator token = send(TARO, SERIAL);
        token.drift(8);
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(token.code())));
        clock.advance(Duration.ofHours(1));
        raise();
        assertRefused(Refusal.REPLAYED, login(TARO, token.code()));
        assertRefused(Refusal.REPLAYED, login(TARO, token.code(1)));
        clock.advance(TotpProfile.BANK.timeStep().multipliedBy(2));
        assertAccepted(login(TARO, token.code()));
    }

    @Test
    void aSentHardwareTokenIsFlooredWidely() {
        FakeAuthenticator token = send(TARO, SERIAL);
        raise();
        assertRefused(Refusal.REPLAYED, tokens.activateHardware(TARO, SERIAL.value(), code(token.code(9))));
        clock.advance(TotpProfile.BANK.timeStep().multipliedBy(11));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(token.code())));
    }

    @Test
    void canBeCalledAgain() {
        FakePhone phone = activate(TARO);
        Instant floor = clock.instant();
        assertEquals(1, desk.raiseFloor(floor, WORDS, changed -> {}).orElseThrow());
        assertEquals(0, desk.raiseFloor(floor, WORDS, changed -> {}).orElseThrow());
        assertEquals(
                0,
                desk.raiseFloor(floor.minusSeconds(3600), WORDS, changed -> {}).orElseThrow());
        clock.advance(Duration.ofMinutes(2));
        assertAccepted(login(TARO, phone.code()));
    }

    @Test
    void tellsHowFarItIsOverManyHolders() {
        for (int i = 0; i < 205; i++) {
            assertAccepted(tokens.orderHardware(new Holder("holder-" + i), Confirmation.NONE));
        }
        activate(TARO);
        List<Long> told = new ArrayList<>();
        assertEquals(1, desk.raiseFloor(clock.instant(), WORDS, told::add).orElseThrow());
        assertEquals(List.of(0L, 1L), told);
    }

    @Test
    @Tag("R8.3")
    void mailCodesFromBeforeTheFloorAreInvalid() {
        follow(TestInstitution.POLICY.withConfirmation(ConfirmationPolicy.BANK));
        assertAccepted(tokens.createMailCode(TARO, Operation.ISSUE, "taro@bank.example"));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(1, raise());
        assertEquals(
                null,
                store.find(TestInstitution.SERVICE_ID, TARO)
                        .orElseThrow()
                        .credentials()
                        .mailCode());
    }
}
