package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.OneOperation;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The source and the reference of a request, in the events that it records. */
@Tag("R9.6")
class OriginTest extends InstitutionFixture {
    private static final Origin ORIGIN = Origin.NONE.source("203.0.113.7").reference("TX-4711");

    private List<TokenEvent> events() {
        return bank.histories().read(TARO, 0, 1000);
    }

    private void assertLatestFrom(Origin origin, EventType... types) {
        List<TokenEvent> all = events();
        List<TokenEvent> latest = all.subList(all.size() - types.length, all.size());
        assertEquals(List.of(types), latest.stream().map(TokenEvent::type).toList());
        latest.forEach(event -> assertEquals(origin, event.origin(), event::toString));
    }

    @Test
    void everyServiceOfARequestRecordsItsOrigin() {
        FakePhone phone = activate(TARO);
        Institution request = bank.from(ORIGIN);

        assertAccepted(request.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        assertLatestFrom(ORIGIN, EventType.CODE_ACCEPTED);
        assertRefused(Refusal.WRONG_CODE, request.tokens().verify(TARO, phone.wrongCode(), Purpose.LOGIN));
        assertLatestFrom(ORIGIN, EventType.WRONG_CODE);
        assertAccepted(request.desk(OPERATOR).suspend(TARO, SuspensionReason.LOST, "phoned in"));
        assertLatestFrom(ORIGIN, EventType.SUSPENDED);
        assertAccepted(request.within(new OneOperation(store)).desk(OPERATOR).resume(TARO, "found it"));
        assertLatestFrom(ORIGIN, EventType.RESUMED);
        clock.toNextStep(TotpProfile.BANK);
        assertAccepted(request.proofs().forRevocation(TARO, code(phone.code())));
        assertLatestFrom(ORIGIN, EventType.PROVED);
    }

    @Test
    void allEventsOfOneChangeHaveIt() {
        activate(TARO);

        assertAccepted(bank.from(ORIGIN).desk(OPERATOR).replaceWithHardware(TARO, SuspensionReason.LOST, "phoned in"));

        assertLatestFrom(ORIGIN, EventType.SUSPENDED, EventType.ORDERED);
    }

    @Test
    void anotherRequestHasItsOwn() {
        FakePhone phone = activate(TARO);
        Institution request = bank.from(ORIGIN);

        assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        assertLatestFrom(Origin.NONE, EventType.CODE_ACCEPTED);
        clock.toNextStep(TotpProfile.BANK);
        Origin branch = Origin.NONE.source("branch 12");
        assertAccepted(request.from(branch).tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        assertLatestFrom(branch, EventType.CODE_ACCEPTED);
    }

    @Test
    @Tag("R9.3")
    @Tag("R10.3")
    void isInTheChainAndIsErasedWithTheHolder() {
        FakePhone phone = activate(TARO);
        assertAccepted(bank.from(ORIGIN).tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        assertTrue(bank.histories().verify(TARO).isIntact());
        assertAccepted(desk.revoke(TARO, "asked to"));

        assertAccepted(bank.from(ORIGIN).desk(OPERATOR).erase(TARO));

        events().forEach(event -> assertTrue(event.origin().isNone(), event::toString));
        assertTrue(bank.histories().verify(TARO).isIntact());
    }

    @Test
    void takesShortPlainTexts() {
        String longest = "x".repeat(Origin.MAX_LENGTH);
        assertEquals(longest, Origin.NONE.source(longest).source());
        assertEquals(longest, Origin.NONE.reference(longest).reference());
        for (String text : List.of("", longest + "x", " outer", "line\nbreak", "\u0000")) {
            assertThrows(IllegalArgumentException.class, () -> Origin.NONE.source(text));
            assertThrows(IllegalArgumentException.class, () -> Origin.NONE.reference(text));
        }
        assertTrue(Origin.NONE.isNone());
    }
}
