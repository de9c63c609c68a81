package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an institution looks through. That pages leave nothing out is in the contract of the store. */
@Tag("R12.2")
class TokenListsTest extends TokenServiceFixture {
    private final TokenLists lists = TokenLists.of(InMemoryTokens.SERVICE_ID, store);

    private List<Holder> expiringWithin(Duration lead) {
        Instant now = clock.instant();
        return lists.expiring(now, now.plus(lead), null, 10).stream()
                .map(ListedToken::holder)
                .toList();
    }

    @Test
    void tellsWhomToRemindOfRenewing() {
        activateFob(TARO, SERIAL);
        clock.advance(Duration.ofDays(30));
        activateFob(HANAKO, SERIAL_2);

        clock.advance(Duration.ofDays(306));
        assertEquals(List.of(TARO), expiringWithin(Duration.ofDays(30)));
        assertEquals(List.of(TARO, HANAKO), expiringWithin(Duration.ofDays(90)));
        ListedToken listed = lists.expiring(
                        clock.instant(), inUse(TARO).expiresAt().plusMillis(1), null, 1)
                .get(0);
        assertEquals(
                new ListedToken(TARO, requireNonNull(tokens.registration(TARO).userId()), null, inUse(TARO)), listed);

        assertAccepted(desk.revoke(TARO, "asked to"));
        assertEquals(List.of(HANAKO), expiringWithin(Duration.ofDays(90)));
    }

    @Test
    void tellsWhichTokensAreSuspendedAndWhy() {
        activate(HANAKO);
        activateFob(TARO, SERIAL);
        assertEquals(List.of(), lists.suspended(null, 10));
        assertAccepted(desk.suspend(HANAKO, SuspensionReason.STOLEN, "phoned in"));
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));

        List<ListedToken> suspended = lists.suspended(null, 10);
        assertEquals(
                List.of(HANAKO, TARO),
                suspended.stream().map(ListedToken::holder).toList());
        Suspension why = requireNonNull(suspended.get(0).token().suspension());
        assertEquals(SuspensionReason.STOLEN, why.reason());
        assertEquals(OPERATOR, why.operator());
        assertEquals(tokens.mailAddress(HANAKO).orElseThrow(), suspended.get(0).mailAddress());
        assertEquals(suspended.subList(1, 2), lists.suspended(suspended.get(0), 10));

        assertAccepted(desk.resume(HANAKO, "found"));
        assertEquals(suspended.subList(1, 2), lists.suspended(null, 10));
    }

    @Test
    void tellsWhichIssuesAndOrdersWait() {
        issue(HANAKO);
        clock.advance(Duration.ofDays(1));
        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));
        Instant now = clock.instant();
        Instant farOff = now.plus(Duration.ofDays(365));

        List<ListedWaiting> waiting = lists.waiting(now, farOff, null, 10);
        assertEquals(
                List.of(waiting(HANAKO), waiting(TARO)),
                waiting.stream().map(ListedWaiting::waiting).toList());
        assertEquals(waiting.subList(1, 2), lists.waiting(now, farOff, waiting.get(0), 10));
        assertNull(waiting.get(1).waiting().token());

        clock.set(farOff);
        assertEquals(List.of(), lists.waiting(farOff, farOff.plusSeconds(1), null, 10));
        assertEquals(waiting, lists.waiting(now, farOff, null, 10));
        assertAccepted(tokens.lapse(HANAKO));
        assertEquals(waiting.subList(1, 2), lists.waiting(now, farOff, null, 10));
    }

    @Test
    @Tag("R5.1")
    void tellsTheStockByItsState() {
        stock(SERIAL);
        send(TARO, SERIAL_2);

        assertEquals(
                List.of(new ListedFob(SERIAL, new BatchId("of-" + SERIAL), null)),
                lists.fobs(StockState.AVAILABLE, null, 10));
        assertEquals(
                List.of(new ListedFob(SERIAL_2, new BatchId("of-" + SERIAL_2), TARO)),
                lists.fobs(StockState.ASSIGNED, null, 10));
        assertEquals(List.of(), lists.fobs(StockState.STAGED, null, 10));
    }

    @Test
    void refusesWhatMakesNoPage() {
        Instant now = clock.instant();
        activate(TARO);
        ListedToken unsuspended =
                new ListedToken(TARO, requireNonNull(tokens.registration(TARO).userId()), null, inUse(TARO));

        assertThrows(IllegalArgumentException.class, () -> lists.suspended(null, 0));
        assertThrows(IllegalArgumentException.class, () -> lists.suspended(null, TokenLists.MAX_LIMIT + 1));
        assertThrows(IllegalArgumentException.class, () -> lists.suspended(unsuspended, 1));
        assertThrows(IllegalArgumentException.class, () -> lists.expiring(now, now.minusNanos(1), null, 1));
        assertThrows(IllegalArgumentException.class, () -> lists.waiting(now, now.minusNanos(1), null, 1));
        assertEquals(List.of(), lists.expiring(now, now, null, TokenLists.MAX_LIMIT));
    }
}
