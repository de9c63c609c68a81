package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
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
import java.security.SecureRandom;
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

    /** The steps that a floor excludes: the drift cap and the window for the first code of a hardware token. */
    private static final Duration FLOORED = TotpProfile.BANK.timeStep().multipliedBy(20 + 10 + 1);

    @CanIgnoreReturnValue
    private RaisedFloor raise() {
        return desk.raiseFloor(clock.instant(), WORDS, handled -> {}).orElseThrow();
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

        assertEquals(2, raise().changed());

        for (String code : spent) {
            assertRefused(Refusal.REPLAYED, login(HANAKO, code));
        }
        assertRefused(Refusal.REPLAYED, login(TARO, shown));
        clock.advance(FLOORED);
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
        clock.advance(FLOORED);
        assertAccepted(login(TARO, token.code()));
    }

    @Test
    void aSentHardwareTokenIsFlooredWidely() {
        FakeAuthenticator token = send(TARO, SERIAL);
        raise();
        assertRefused(Refusal.REPLAYED, tokens.activateHardware(TARO, SERIAL.value(), code(token.code(9))));
        clock.advance(FLOORED);
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(token.code())));
    }

    @Test
    void canBeCalledAgain() {
        FakePhone phone = activate(TARO);
        Instant floor = clock.instant();
        assertEquals(1, raise().changed());
        assertEquals(0, raise().changed());
        assertEquals(
                0,
                desk.raiseFloor(floor.minusSeconds(3600), WORDS, handled -> {})
                        .orElseThrow()
                        .changed());
        clock.advance(FLOORED);
        assertAccepted(login(TARO, phone.code()));
    }

    @Test
    void tellsTheFirstInstantAtWhichLoginWorks() {
        FakePhone phone = activate(TARO);

        Instant from = raise().loginFrom();

        clock.set(from.minusNanos(1000));
        assertRefused(Refusal.REPLAYED, login(TARO, phone.code()));
        clock.set(from);
        assertAccepted(login(TARO, phone.code()));
    }

    /** An earlier fault: milliseconds that were read as seconds locked out every holder permanently. */
    @Test
    void aFloorInTheFutureIsAnError() {
        FakePhone phone = activate(TARO);
        for (Instant late : List.of(
                clock.instant().plus(Duration.ofMinutes(5)).plusMillis(1),
                Instant.ofEpochSecond(clock.instant().toEpochMilli()),
                Instant.MAX)) {
            assertThrows(IllegalArgumentException.class, () -> desk.raiseFloor(late, WORDS, handled -> {}));
        }
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(login(TARO, phone.code()));
    }

    @Test
    void tellsHowFarItIsOverManyHolders() {
        for (int i = 0; i < 205; i++) {
            assertAccepted(tokens.orderHardware(new Holder("holder-" + i), Confirmation.NONE));
        }
        activate(TARO);
        List<Long> told = new ArrayList<>();
        assertEquals(
                1,
                desk.raiseFloor(clock.instant(), WORDS, told::add).orElseThrow().changed());
        assertEquals(List.of(200L, 206L), told);
    }

    @Test
    @Tag("R4.3")
    @Tag("R4.4")
    void activationPasswordsFromBeforeTheFloorAreInvalid() {
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        clock.advance(Duration.ofMinutes(1));

        raise();

        DeviceKey device = DeviceKey.generate(DeviceKeyType.P256, new SecureRandom());
        String userId = requireNonNull(tokens.registration(TARO).userId()).value();
        assertRefused(
                Refusal.ACTIVATION_PASSWORD_DEAD,
                tokens.provision(userId, FakePhone.ACTIVATION_PASSWORD, device.publicKey()));
    }

    @Test
    @Tag("R8.3")
    void wrongMailCodesStayCharged() {
        follow(TestInstitution.POLICY.withConfirmation(ConfirmationPolicy.BANK));
        assertAccepted(tokens.setConfirmationPassword(TARO, "hirosaki1"));
        assertAccepted(tokens.createMailCode(TARO, Operation.ISSUE, "taro@bank.example"));
        Confirmation wrong = Confirmation.NONE.password("hirosaki1").mailCode("00000000");
        assertRefused(Refusal.WRONG_MAIL_CODE, tokens.issueSoftware(TARO, REQUEST, wrong));
        clock.advance(Duration.ofMinutes(1));

        raise();
        assertEquals(1, mailCodeFailures());
        assertAccepted(desk.erase(TARO));
        assertEquals(1, mailCodeFailures());
    }

    private int mailCodeFailures() {
        return store.find(TestInstitution.SERVICE_ID, TARO)
                .orElseThrow()
                .credentials()
                .mailCodeFailures();
    }

    @Test
    @Tag("R8.3")
    void mailCodesFromBeforeTheFloorAreInvalid() {
        follow(TestInstitution.POLICY.withConfirmation(ConfirmationPolicy.BANK));
        assertAccepted(tokens.createMailCode(TARO, Operation.ISSUE, "taro@bank.example"));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(1, raise().changed());
        assertEquals(
                null,
                store.find(TestInstitution.SERVICE_ID, TARO)
                        .orElseThrow()
                        .credentials()
                        .mailCode());
    }
}
