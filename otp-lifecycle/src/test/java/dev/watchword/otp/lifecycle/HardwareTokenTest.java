package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lifecycle of a hardware token from its order to its activation. */
class HardwareTokenTest extends InstitutionFixture {
    private Optional<StockState> inStock(SerialNumber serial) {
        return store.state(TestInstitution.SERVICE_ID, serial);
    }

    @Test
    @Tag("R3.1")
    @Tag("R5.2")
    void isOrderedAssignedAndSent() {
        FakeAuthenticator shown = stock(SERIAL);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertEquals(RegistrationStatus.ISSUED, status(TARO));
        assertEquals(OrderState.PLACED, order().state());
        assertEquals(TokenKind.HARDWARE, pending(TARO).kind());
        assertNull(pending(TARO).token());
        assertRefused(Refusal.NO_ORDER, desk.send(TARO));
        assertRefused(Refusal.NOT_SENT, tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));

        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertEquals(OrderState.ASSIGNED, order().state());
        assertEquals(Optional.of(StockState.ASSIGNED), inStock(SERIAL));
        assertRefused(Refusal.NO_ORDER, desk.assign(TARO, SERIAL.value()));
        assertRefused(Refusal.NOT_SENT, tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));

        assertAccepted(desk.send(TARO));
        assertEquals(OrderState.SENT, order().state());
        assertRefused(Refusal.NO_ORDER, desk.send(TARO));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
        assertEquals(SERIAL, inUse(TARO).serial());
        assertEquals(Instant.parse("2027-11-23T09:00:00.123456Z"), inUse(TARO).expiresAt());
        assertEquals(
                List.of(EventType.ORDERED, EventType.ASSIGNED, EventType.SENT, EventType.ACTIVATED), history(TARO));
        assertEquals(OPERATOR, bank.histories().read(TARO, 1, 1).get(0).operator());
    }

    private Order order() {
        return requireNonNull(pending(TARO).order());
    }

    @Test
    @Tag("R5.3")
    void isActivatedBySerialNumberAndCode() {
        FakeAuthenticator shown = send(TARO, SERIAL);

        assertRefused(Refusal.SERIAL_REQUIRED, 5, tokens.activateSoftware(TARO, code(shown.code())));
        assertMalformed(
                Set.of(Field.SERIAL_NUMBER), tokens.activateHardware(TARO, "1011-9998-0021", code(shown.code())));
        assertMalformed(Set.of(Field.SERIAL_NUMBER), tokens.activateHardware(TARO, null, code(shown.code())));
        assertRefused(Refusal.MALFORMED, 5, tokens.activateHardware(TARO, SERIAL_2.value(), code("none")));
        assertRefused(Refusal.WRONG_SERIAL, 4, tokens.activateHardware(TARO, SERIAL_2.value(), code(shown.code())));
        assertRefused(Refusal.WRONG_CODE, 3, tokens.activateHardware(TARO, SERIAL.value(), code(shown.wrongCode())));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
    }

    /** The answer is equal for a serial number of another holder, in stock, and unknown. */
    @Test
    @Tag("R5.3")
    void doesNotTellWhoseASerialNumberIs() {
        FakeAuthenticator shown = send(TARO, SERIAL);
        send(HANAKO, SERIAL_2);
        stock(new SerialNumber("101199980023"));
        int left = 4;
        for (String serial : List.of(SERIAL_2.value(), "101199980023", "101199980024")) {
            assertRefused(Refusal.WRONG_SERIAL, left--, tokens.activateHardware(TARO, serial, code(shown.code())));
        }
    }

    @Test
    @Tag("R1.4")
    @Tag("R5.3")
    void startsWithItsTrueDrift() {
        FakeAuthenticator shown = send(TARO, SERIAL);
        shown.drift(-9);
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
        clock.toNextStep(TotpProfile.BANK);
        assertAccepted(login(TARO, shown.code()));
        shown.drift(-5);
        assertRefused(Refusal.WRONG_CODE, login(TARO, shown.code()));

        FakeAuthenticator far = send(HANAKO, SERIAL_2);
        far.drift(11);
        assertRefused(Refusal.WRONG_CODE, tokens.activateHardware(HANAKO, SERIAL_2.value(), code(far.code())));
    }

    private CodeState codesOf(Holder holder) {
        Token token = requireNonNull(
                store.find(TestInstitution.SERVICE_ID, holder).orElseThrow().token());
        return token.codes();
    }

    @Test
    @Tag("R1.2")
    @Tag("R1.4")
    @Tag("R5.3")
    void isActivatedByTwoCodesAfterYearsInADrawer() {
        FakeAuthenticator shown = send(TARO, SERIAL);
        shown.drift(18);
        assertRefused(Refusal.WRONG_CODE, 4, tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
        String first = shown.code();
        String next = shown.code(1);

        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(first), next));

        long step = TotpProfile.BANK.stepAt(clock.instant());
        assertEquals(new CodeState(step + 19, 19), codesOf(TARO));
        assertEquals(EventType.ACTIVATED, history(TARO).get(4));
        assertRefused(Refusal.REPLAYED, 5, login(TARO, first));
        assertRefused(Refusal.REPLAYED, 5, login(TARO, next));
        clock.advance(Duration.ofMinutes(2));
        assertAccepted(login(TARO, shown.code()));
    }

    @Test
    @Tag("R2.1")
    @Tag("R2.5")
    @Tag("R5.3")
    void chargesTwoWrongCodesOnce() {
        FakeAuthenticator shown = send(TARO, SERIAL);
        shown.drift(21);

        assertRefused(Refusal.WRONG_CODE, 4, activate(shown.code(), shown.code(1)));
        shown.drift(15);
        assertRefused(Refusal.WRONG_CODE, 3, activate(shown.code(), shown.code(2)));
        assertRefused(Refusal.WRONG_CODE, 2, activate(shown.code(1), shown.code()));
        assertRefused(
                Refusal.WRONG_SERIAL,
                1,
                tokens.activateHardware(TARO, SERIAL_2.value(), code(shown.code()), shown.code(1)));
        assertRefused(Refusal.MALFORMED, 1, activate(shown.code(), null));
        assertRefused(Refusal.MALFORMED, 1, activate(shown.code(), "1234567"));
        assertAccepted(activate(shown.code(), shown.code(1)));
    }

    private Outcome<Registration> activate(@Nullable String first, @Nullable String next) {
        return tokens.activateHardware(TARO, SERIAL.value(), code(first), next);
    }

    /** A floor spends the steps before it. */
    @Test
    @Tag("R1.4")
    @Tag("R5.3")
    void chargesNothingForTwoCodesOfWhichOneIsSpent() {
        FakeAuthenticator shown = send(TARO, SERIAL);
        assertAccepted(desk.raiseFloor(clock.instant(), "restored", handled -> {}));

        assertRefused(Refusal.REPLAYED, 5, activate(shown.code(), shown.code(1)));
    }

    @Test
    @Tag("R5.3")
    void isNotActivatedByTwoCodesIfThePolicySwitchesResynchronisationOff() {
        send(TARO, SERIAL);
        follow(TestInstitution.POLICY.withCodes(
                CodePolicy.BANK.toBuilder().resynchronisationRange(0).build()));

        assertThrows(IllegalStateException.class, () -> activate("12345678", "12345678"));
        assertThrows(
                IllegalStateException.class,
                () -> bank.proofs().forHardwareActivation(TARO, SERIAL.value(), code("12345678"), "12345678"));
    }

    @Test
    @Tag("R5.3")
    @Tag("R15.2")
    void isActivatedWithAProofOfTwoCodes() {
        FakeAuthenticator shown = send(TARO, SERIAL);
        shown.drift(18);
        String first = shown.code();
        String next = shown.code(1);
        assertRefused(
                Refusal.WRONG_CODE, 4, bank.proofs().forHardwareActivation(TARO, SERIAL.value(), code(first), first));

        Outcome<Proved> proved = bank.proofs().forHardwareActivation(TARO, SERIAL.value(), code(first), next);

        assertAccepted(proved);
        assertRefused(Refusal.REPLAYED, 5, activate(first, next));
    }

    @Test
    @Tag("R1.4")
    void startsFromTheDriftThatItsMakerNoted() {
        FakeAuthenticator shown = stock(SERIAL, TotpProfile.BANK, 15);
        shown.drift(18);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertAccepted(desk.send(TARO));

        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
    }

    @Test
    @Tag("R5.4")
    void isNeverAssignedTwice() {
        send(TARO, SERIAL);
        assertAccepted(tokens.orderHardware(HANAKO, Confirmation.NONE));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(HANAKO, SERIAL.value()));

        assertAccepted(desk.revoke(TARO, "lost in the post"));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(HANAKO, SERIAL.value()));
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(TARO, SERIAL.value()));
        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));
        assertEquals(Optional.of(StockState.ASSIGNED), inStock(SERIAL));

        FakeAuthenticator old = activateHardware(TARO, SERIAL_2);
        assertAccepted(tokens.revoke(TARO, code(old.code())));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(HANAKO, SERIAL_2.value()));
    }

    @Test
    @Tag("R5.2")
    void isNotAssignedBeforeItStartsOrAfterItExpired() {
        stock(SERIAL);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(TARO, SERIAL_2.value()));
        clock.advance(Duration.ofDays(365));
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(TARO, SERIAL.value()));
        assertEquals(Optional.of(StockState.AVAILABLE), inStock(SERIAL));
    }

    @Test
    @Tag("R4.8")
    void lapsesOnTheWay() {
        FakeAuthenticator shown = send(TARO, SERIAL);
        clock.advance(TestInstitution.POLICY.pendingLifetime());

        assertRefused(Refusal.LAPSED, tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(TARO, SERIAL.value()));
    }
}
