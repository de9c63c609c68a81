package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenCount;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lists of an institution. The store's contract checks that no page omits an entry. */
@Tag("R12.2")
class TokenListsTest extends InstitutionFixture {
    private final TokenLists lists = bank.lists();

    private List<Holder> expiringWithin(Duration lead) {
        Instant now = clock.instant();
        return lists.expiring(now, now.plus(lead), null, 10).stream()
                .map(ListedToken::holder)
                .toList();
    }

    @Test
    void findsTheHolderOfAUserIdAndOfASerialNumber() {
        activateHardware(TARO, SERIAL);
        String userId = requireNonNull(tokens.registration(TARO).userId()).value();
        assertAccepted(desk.revoke(TARO, "asked to"));
        assertEquals(Optional.of(TARO), lists.holderOfUserId(userId));
        assertEquals(Optional.of(TARO), lists.holderOfSerial(SERIAL.value()));
        for (String unknown : Arrays.asList(null, "", "not a number", "999999999999")) {
            assertEquals(Optional.empty(), lists.holderOfUserId(unknown));
            assertEquals(Optional.empty(), lists.holderOfSerial(unknown));
        }
    }

    @Test
    void listsExpiringTokens() {
        activateHardware(TARO, SERIAL);
        clock.advance(Duration.ofDays(30));
        activateHardware(HANAKO, SERIAL_2);

        clock.advance(Duration.ofDays(306));
        assertEquals(List.of(TARO), expiringWithin(Duration.ofDays(30)));
        assertEquals(List.of(TARO, HANAKO), expiringWithin(Duration.ofDays(90)));
        ListedToken listed = lists.expiring(
                        clock.instant(), inUse(TARO).expiresAt().plusMillis(1), null, 1)
                .get(0);
        assertEquals(
                ListedToken.of(TARO, requireNonNull(tokens.registration(TARO).userId()), null, inUse(TARO)), listed);

        assertAccepted(desk.revoke(TARO, "asked to"));
        assertEquals(List.of(HANAKO), expiringWithin(Duration.ofDays(90)));
    }

    @Test
    void listsSuspendedTokensWithTheReason() {
        activate(HANAKO);
        activateHardware(TARO, SERIAL);
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

    private List<Holder> unusedSince(LocalDate day) {
        return lists.unusedSince(day, null, 10).stream()
                .map(ListedToken::holder)
                .toList();
    }

    @Test
    void listsTokensThatAreUnusedSinceADay() {
        LocalDate day = LocalDate.of(2026, 11, 23);
        FakePhone phone = activate(HANAKO);
        // Lower than any drawn number: tokens of one day are listed by their serial numbers.
        activateHardware(TARO, new SerialNumber("000000001"));
        assertEquals(List.of(), unusedSince(day));
        assertEquals(List.of(TARO, HANAKO), unusedSince(day.plusDays(1)));

        clock.set(Instant.parse("2026-11-24T23:59:59Z"));
        assertAccepted(login(HANAKO, phone.code()));
        clock.set(Instant.parse("2026-11-26T00:00:00Z"));
        login(TARO, "00000000");
        assertEquals(List.of(TARO), unusedSince(day.plusDays(1)));
        assertEquals(List.of(TARO, HANAKO), unusedSince(day.plusDays(2)));
        List<ListedToken> page = lists.unusedSince(day.plusDays(2), null, 1);
        assertEquals(inUse(TARO), page.get(0).token());
        assertEquals(
                List.of(HANAKO),
                lists.unusedSince(day.plusDays(2), page.get(0), 1).stream()
                        .map(ListedToken::holder)
                        .toList());

        assertAccepted(desk.revoke(TARO, "asked to"));
        assertEquals(List.of(HANAKO), unusedSince(day.plusDays(9)));
    }

    @Test
    void countsTokensByKindAndState() {
        assertEquals(List.of(), lists.counts());
        activate(HANAKO);
        issue(new Holder("jiro"));
        activateHardware(TARO, SERIAL);
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));
        assertEquals(
                List.of(
                        TokenCount.of(TokenKind.SOFTWARE, TokenState.ISSUED, 1, 0),
                        TokenCount.of(TokenKind.SOFTWARE, TokenState.ACTIVE, 1, 0),
                        TokenCount.of(TokenKind.HARDWARE, TokenState.ACTIVE, 1, 1)),
                lists.counts());

        assertAccepted(desk.revoke(TARO, "lost"));
        assertEquals(2, lists.counts().size());
        assertThrows(IllegalArgumentException.class, () -> TokenCount.of(TokenKind.SOFTWARE, TokenState.ACTIVE, 1, 2));
    }

    @Test
    @Tag("R2.4")
    void listsSuspendedHoldersWithTheReason() {
        activate(HANAKO);
        assertEquals(List.of(), lists.suspendedHolders(null, 10));
        assertAccepted(desk.suspendHolder(HANAKO, SuspensionReason.FRAUD_SUSPECTED, "a strange transfer"));
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(desk.suspendHolder(TARO, SuspensionReason.OTHER, "has died"));

        List<ListedHolder> suspended = lists.suspendedHolders(null, 10);
        assertEquals(
                List.of(HANAKO, TARO),
                suspended.stream().map(ListedHolder::holder).toList());
        HolderSuspension why = suspended.get(0).suspension();
        assertEquals(SuspensionReason.FRAUD_SUSPECTED, why.reason());
        assertEquals(OPERATOR, why.operator());
        assertEquals(tokens.registration(HANAKO).userId(), suspended.get(0).userId());
        assertNull(suspended.get(1).userId());
        assertEquals(suspended.subList(1, 2), lists.suspendedHolders(suspended.get(0), 10));
        assertEquals(List.of(), lists.suspended(null, 10));

        assertAccepted(desk.resumeHolder(HANAKO, "it was the holder"));
        assertEquals(suspended.subList(1, 2), lists.suspendedHolders(null, 10));
    }

    @Test
    void listsPendingIssuesAndOrders() {
        issue(HANAKO);
        clock.advance(Duration.ofDays(1));
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        Instant now = clock.instant();
        Instant farOff = now.plus(Duration.ofDays(365));

        List<ListedPending> waiting = lists.pending(now, farOff, null, 10);
        assertEquals(
                List.of(pending(HANAKO), pending(TARO)),
                waiting.stream().map(ListedPending::pending).toList());
        assertEquals(waiting.subList(1, 2), lists.pending(now, farOff, waiting.get(0), 10));
        assertNull(waiting.get(1).pending().token());

        clock.set(farOff);
        assertEquals(List.of(), lists.pending(farOff, farOff.plusSeconds(1), null, 10));
        assertEquals(waiting, lists.pending(now, farOff, null, 10));
        assertAccepted(tokens.lapse(HANAKO));
        assertEquals(waiting.subList(1, 2), lists.pending(now, farOff, null, 10));
    }

    @Test
    @Tag("R5.1")
    void listsTheStockByState() {
        stock(SERIAL);
        send(TARO, SERIAL_2);

        assertEquals(List.of(inStock(SERIAL)), lists.stock(StockState.AVAILABLE, null, 10));
        assertEquals(
                List.of(ListedStock.of(SERIAL_2, new BatchId("of-" + SERIAL_2), TARO)),
                lists.stock(StockState.ASSIGNED, null, 10));
        assertEquals(List.of(), lists.stock(StockState.STAGED, null, 10));
    }

    private ListedStock inStock(SerialNumber serial) {
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofDays(365));
        return ListedStock.inStock(serial, new BatchId("of-" + serial), expiresAt, false);
    }

    @Test
    @Tag("R5.1")
    void findsOneTokenOfTheStock() {
        stock(SERIAL);
        send(TARO, SERIAL_2);
        assertEquals(Optional.of(inStock(SERIAL)), lists.stockOf(SERIAL.value()));
        assertEquals(
                Optional.of(ListedStock.of(SERIAL_2, new BatchId("of-" + SERIAL_2), TARO)),
                lists.stockOf(SERIAL_2.value()));
        assertAccepted(desk.withdraw(SERIAL.value(), "the display is dark"));
        assertEquals(
                "the display is dark",
                requireNonNull(lists.stockOf(SERIAL.value()).orElseThrow().withdrawal())
                        .reason());
        for (String unknown : Arrays.asList(null, "", "not a number", "999999999999")) {
            assertEquals(Optional.empty(), lists.stockOf(unknown));
        }
    }

    @Test
    void rejectsInvalidPages() {
        Instant now = clock.instant();
        activate(TARO);
        ListedToken unsuspended =
                ListedToken.of(TARO, requireNonNull(tokens.registration(TARO).userId()), null, inUse(TARO));

        assertThrows(IllegalArgumentException.class, () -> lists.suspended(null, 0));
        assertThrows(IllegalArgumentException.class, () -> lists.suspended(null, TokenLists.MAX_LIMIT + 1));
        assertThrows(IllegalArgumentException.class, () -> lists.suspended(unsuspended, 1));
        assertThrows(IllegalArgumentException.class, () -> lists.unusedSince(LocalDate.MAX, null, 0));
        ListedToken unused = lists.unusedSince(LocalDate.MAX, null, 1).get(0);
        TokenInfo never = TokenInfo.builder()
                .kind(TokenKind.SOFTWARE)
                .serial(SERIAL)
                .issuedAt(now)
                .expiresAt(now)
                .build();
        ListedToken neverUsed = ListedToken.of(TARO, unused.userId(), null, never);
        assertThrows(IllegalArgumentException.class, () -> lists.unusedSince(LocalDate.MAX, neverUsed, 1));
        assertThrows(IllegalArgumentException.class, () -> lists.suspendedHolders(null, 0));
        assertThrows(IllegalArgumentException.class, () -> lists.suspendedHolders(null, TokenLists.MAX_LIMIT + 1));
        assertThrows(IllegalArgumentException.class, () -> lists.expiring(now, now.minusNanos(1), null, 1));
        assertThrows(IllegalArgumentException.class, () -> lists.pending(now, now.minusNanos(1), null, 1));
        assertEquals(List.of(), lists.expiring(now, now, null, TokenLists.MAX_LIMIT));
    }
}
