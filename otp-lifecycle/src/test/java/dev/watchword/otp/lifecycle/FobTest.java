package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From the order of a fob to its activation, and that it never returns. */
class FobTest extends TokenServiceFixture {
    private Optional<StockState> inStock(SerialNumber serial) {
        return store.state(InMemoryTokens.SERVICE_ID, serial);
    }

    @Test
    @Tag("R3.1")
    @Tag("R5.2")
    void isOrderedAssignedAndSent() {
        FakeAuthenticator shown = stock(SERIAL);
        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));
        assertEquals(RegistrationStatus.ISSUED, status(TARO));
        assertEquals(OrderState.PLACED, order().state());
        assertEquals(TokenKind.HARDWARE, waiting(TARO).kind());
        assertNull(waiting(TARO).token());
        assertRefused(Refusal.NO_ORDER, desk.send(TARO));
        assertRefused(Refusal.NOT_SENT, tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));

        assertAccepted(desk.assign(TARO, SERIAL));
        assertEquals(OrderState.ASSIGNED, order().state());
        assertEquals(Optional.of(StockState.ASSIGNED), inStock(SERIAL));
        assertRefused(Refusal.NO_ORDER, desk.assign(TARO, SERIAL));
        assertRefused(Refusal.NOT_SENT, tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));

        assertAccepted(desk.send(TARO));
        assertEquals(OrderState.SENT, order().state());
        assertRefused(Refusal.NO_ORDER, desk.send(TARO));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
        assertEquals(SERIAL, inUse(TARO).serial());
        assertEquals(Instant.parse("2027-11-23T09:00:00.123456Z"), inUse(TARO).expiresAt());
        assertEquals(
                List.of(EventType.ORDERED, EventType.ASSIGNED, EventType.SENT, EventType.ACTIVATED), history(TARO));
        assertEquals(OPERATOR, tokens.history(TARO, 1, 1).get(0).operator());
    }

    private Order order() {
        return requireNonNull(waiting(TARO).order());
    }

    @Test
    @Tag("R5.3")
    void isActivatedBySerialNumberAndCode() {
        FakeAuthenticator shown = send(TARO, SERIAL);

        assertRefused(Refusal.SERIAL_REQUIRED, 5, tokens.activateSoftware(TARO, code(shown.code())));
        assertRefused(Refusal.MALFORMED, 5, tokens.activateHardware(TARO, "1011-9998-0021", code(shown.code())));
        assertRefused(Refusal.MALFORMED, 5, tokens.activateHardware(TARO, SERIAL_2.value(), code("none")));
        assertRefused(Refusal.WRONG_SERIAL, 4, tokens.activateHardware(TARO, SERIAL_2.value(), code(shown.code())));
        assertRefused(Refusal.WRONG_CODE, 3, tokens.activateHardware(TARO, SERIAL.value(), code(shown.wrongCode())));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
    }

    /** The answer is the same whether the serial number is another holder's, in stock, or nobody's. */
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
        shown.drift(0);
        assertRefused(Refusal.WRONG_CODE, login(TARO, shown.code()));

        FakeAuthenticator far = send(HANAKO, SERIAL_2);
        far.drift(11);
        assertRefused(Refusal.WRONG_CODE, tokens.activateHardware(HANAKO, SERIAL_2.value(), code(far.code())));
    }

    @Test
    @Tag("R1.4")
    void startsFromTheDriftThatItsMakerNoted() {
        FakeAuthenticator shown = stock(SERIAL, TotpProfile.BANK, 15);
        shown.drift(18);
        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));
        assertAccepted(desk.assign(TARO, SERIAL));
        assertAccepted(desk.send(TARO));

        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
    }

    @Test
    @Tag("R5.4")
    void isGivenToNobodyTwice() {
        send(TARO, SERIAL);
        assertAccepted(tokens.orderFob(HANAKO, Confirmation.NONE));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(HANAKO, SERIAL));

        assertAccepted(desk.revoke(TARO, "lost in the post"));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(HANAKO, SERIAL));
        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(TARO, SERIAL));
        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));
        assertEquals(Optional.of(StockState.ASSIGNED), inStock(SERIAL));

        FakeAuthenticator old = activateFob(TARO, SERIAL_2);
        assertAccepted(tokens.revoke(TARO, code(old.code())));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(HANAKO, SERIAL_2));
    }

    @Test
    @Tag("R5.2")
    void isNotAssignedBeforeItStartsOrAfterItExpired() {
        stock(SERIAL);
        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(TARO, SERIAL_2));
        clock.advance(Duration.ofDays(365));
        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(TARO, SERIAL));
        assertEquals(Optional.of(StockState.AVAILABLE), inStock(SERIAL));
    }

    @Test
    @Tag("R4.8")
    void lapsesOnTheWay() {
        FakeAuthenticator shown = send(TARO, SERIAL);
        clock.advance(InMemoryTokens.POLICY.waitingTime());

        assertRefused(Refusal.LAPSED, tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(TARO, SERIAL));
    }
}
