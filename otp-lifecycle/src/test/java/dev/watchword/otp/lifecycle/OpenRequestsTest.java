package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.RequestInfo;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTransaction;
import dev.watchword.otp.signing.TransactionDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The open signing requests that a registration lists, and their withdrawal by the institution. */
@Tag("R13.2")
class OpenRequestsTest extends InstitutionFixture {
    private static final TransactionDetails TRANSFER = TransactionDetails.of("payee", "0123456");
    private static final String REASON = "the payment was changed";

    private RequestedSignature request(Holder holder) {
        return tokens.requestSignature(holder, Purpose.FUNDS_TRANSFER, TRANSFER).orElseThrow();
    }

    private Outcome<Registration> approve(FakePhone phone, RequestedSignature request) {
        String response = phone.approve(request.sealedRequest().orElseThrow());
        return tokens.confirm(TARO, request.id(), TRANSFER, response);
    }

    private Outcome<Registration> withdraw(Holder holder, RequestedSignature request) {
        return desk.withdrawRequest(holder, request.id(), REASON);
    }

    private List<RequestId> open() {
        return tokens.registration(TARO).openRequests().stream()
                .map(RequestInfo::id)
                .toList();
    }

    private static List<RequestId> ids(RequestedSignature... requests) {
        return Stream.of(requests).map(RequestedSignature::id).toList();
    }

    private static RequestInfo info(RequestedSignature request, Purpose purpose) {
        return RequestInfo.builder()
                .id(request.id())
                .purpose(purpose)
                .method(SigningMethod.APP)
                .expiresAt(request.expiresAt())
                .build();
    }

    @Test
    void aWithdrawnRequestIsOver() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        RequestedSignature another = request(TARO);
        assertAccepted(withdraw(TARO, request));

        assertRefused(Refusal.NO_REQUEST, approve(phone, request));
        assertRefused(Refusal.NO_REQUEST, tokens.refuse(TARO, request.id()));
        assertRefused(Refusal.NO_REQUEST, withdraw(TARO, request));
        assertAccepted(approve(phone, another));
    }

    @Test
    void aWithdrawalChargesAndSuspendsNothing() {
        FakePhone phone = activate(TARO);
        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, phone.wrongCode()));
        assertAccepted(withdraw(TARO, request(TARO)));

        assertRefused(Refusal.WRONG_CODE, 3, login(TARO, phone.wrongCode()));
        assertAccepted(login(TARO, phone.code()));
    }

    @Test
    void aWithdrawalRecordsTheRequestTheOperatorAndTheReason() {
        activate(TARO);
        RequestedSignature request = request(TARO);
        assertAccepted(withdraw(TARO, request));

        List<TokenEvent> events = bank.histories().read(TARO, 0, 100);
        TokenEvent requested = events.get(events.size() - 2);
        assertEquals(request.id(), requireNonNull(requested.request()).id());
        assertEquals(
                TokenEvent.builder()
                        .number(events.size())
                        .at(requested.at())
                        .type(EventType.SIGNATURE_WITHDRAWN)
                        .serial(inUse(TARO).serial())
                        .purpose(Purpose.FUNDS_TRANSFER)
                        .operator(OPERATOR)
                        .reason(REASON)
                        .request(requested.request())
                        .build(),
                events.get(events.size() - 1));
    }

    /** The details of the bank's own record were changed. */
    @Test
    void aRequestWithOtherDetailsIsWithdrawn() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        String response = phone.approve(request.sealedRequest().orElseThrow());
        TransactionDetails changed = TransactionDetails.of("payee", "6660666");
        assertRefused(Refusal.OTHER_DETAILS, tokens.confirm(TARO, request.id(), changed, response));
        assertAccepted(withdraw(TARO, request));

        assertRefused(Refusal.NO_REQUEST, tokens.confirm(TARO, request.id(), TRANSFER, response));
        assertEquals(
                List.of(EventType.SIGNATURE_REQUESTED, EventType.SIGNATURE_WITHDRAWN),
                history(TARO).subList(3, history(TARO).size()));
    }

    @Test
    void aClosedRequestIsNotWithdrawn() {
        FakePhone phone = activate(TARO);
        RequestedSignature confirmed = request(TARO);
        RequestedSignature refused = request(TARO);
        RequestedSignature expired = request(TARO);
        assertAccepted(approve(phone, confirmed));
        assertAccepted(tokens.refuse(TARO, refused.id()));
        clock.advance(Duration.between(clock.instant(), expired.expiresAt()));
        List<EventType> before = history(TARO);

        for (RequestedSignature closed : List.of(confirmed, refused, expired)) {
            assertRefused(Refusal.NO_REQUEST, withdraw(TARO, closed));
        }
        assertRefused(Refusal.NO_REQUEST, desk.withdrawRequest(TARO, new RequestId("0".repeat(32)), REASON));
        assertEquals(before, history(TARO));
    }

    @Test
    void aRequestIsWithdrawnForItsHolderOnly() {
        FakePhone phone = activate(TARO);
        activate(HANAKO);
        RequestedSignature request = request(TARO);
        assertRefused(Refusal.NO_REQUEST, withdraw(HANAKO, request));
        assertRefused(Refusal.UNKNOWN_HOLDER, withdraw(new Holder("jiro"), request));

        assertAccepted(approve(phone, request));
    }

    @Test
    void aHolderWithoutATokenHasNoRequestToWithdraw() {
        activate(TARO);
        RequestedSignature request = request(TARO);
        assertAccepted(desk.revoke(TARO, "asked to"));

        assertRefused(Refusal.NO_REQUEST, withdraw(TARO, request));
    }

    @Test
    @Tag("R2.4")
    void aSuspensionLeavesNoRequestToWithdraw() {
        activate(TARO);
        RequestedSignature first = request(TARO);
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));
        assertRefused(Refusal.NO_REQUEST, withdraw(TARO, first));
        assertAccepted(desk.resume(TARO, "found it"));
        RequestedSignature second = request(TARO);
        assertAccepted(desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, "a strange transfer"));

        assertRefused(Refusal.NO_REQUEST, withdraw(TARO, second));
    }

    /** Wrong codes suspend the token, but end no request. A resumption would make it confirmable again. */
    @Test
    @Tag("R2.1")
    void aRequestOfATokenThatWrongCodesSuspendedIsWithdrawn() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        for (int left = 4; left >= 0; left--) {
            assertRefused(Refusal.WRONG_CODE, left, login(TARO, phone.wrongCode()));
        }
        assertAccepted(withdraw(TARO, request));
        assertAccepted(desk.resume(TARO, "identity proven"));

        assertRefused(Refusal.NO_REQUEST, approve(phone, request));
    }

    @Test
    void aRequestOfAnExpiredTokenIsWithdrawn() {
        activate(TARO);
        Instant expiresAt = inUse(TARO).expiresAt();
        clock.advance(Duration.between(clock.instant(), expiresAt).minusSeconds(1));
        RequestedSignature request = request(TARO);
        clock.advance(Duration.ofSeconds(1));

        assertRefused(Refusal.EXPIRED, tokens.confirm(TARO, request.id(), TRANSFER, "12345678"));
        assertAccepted(withdraw(TARO, request));
    }

    @Test
    void aWithdrawalMakesRoomForAnotherRequest() {
        activate(TARO);
        RequestedSignature first = request(TARO);
        RequestedSignature second = request(TARO);
        RequestedSignature third = request(TARO);
        assertRefused(Refusal.TOO_MANY_REQUESTS, tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TRANSFER));
        assertAccepted(withdraw(TARO, second));

        RequestedSignature fourth = request(TARO);
        assertEquals(ids(first, third, fourth), open());
    }

    @Test
    @Tag("R15.1")
    void aWithdrawalIsPartOfATransaction() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        InMemoryTransaction rolledBack = store.transaction();
        assertAccepted(bank.within(rolledBack).desk(OPERATOR).withdrawRequest(TARO, request.id(), REASON));
        rolledBack.rollback();
        assertEquals(ids(request), open());
        InMemoryTransaction committed = store.transaction();
        assertAccepted(bank.within(committed).desk(OPERATOR).withdrawRequest(TARO, request.id(), REASON));
        committed.commit();

        assertRefused(Refusal.NO_REQUEST, approve(phone, request));
    }

    @Test
    void aRegistrationListsTheOpenRequestsWithoutTheirDetails() {
        activate(TARO);
        RequestedSignature first = request(TARO);
        clock.advance(Duration.ofMinutes(1));
        RequestedSignature second =
                tokens.requestSignature(TARO, Purpose.CUSTOMER_DATA, TRANSFER).orElseThrow();

        Registration registration = tokens.registration(TARO);
        assertEquals(
                List.of(info(first, Purpose.FUNDS_TRANSFER), info(second, Purpose.CUSTOMER_DATA)),
                registration.openRequests());
        assertEquals(
                "[RequestInfo[id=" + first.id() + ", purpose=funds-transfer, method=APP, expiresAt="
                        + first.expiresAt() + "], RequestInfo[id=" + second.id()
                        + ", purpose=customer-data, method=APP, expiresAt=" + second.expiresAt() + "]]",
                registration
                        .toString()
                        .substring(registration.toString().lastIndexOf("openRequests=") + 13)
                        .replaceFirst("]$", ""));
        List<RequestInfo> listed = registration.openRequests();
        assertThrows(UnsupportedOperationException.class, () -> listed.remove(0));
    }

    @Test
    void aRegistrationListsNoClosedRequest() {
        FakePhone phone = activate(TARO);
        RequestedSignature confirmed = request(TARO);
        RequestedSignature refused = request(TARO);
        RequestedSignature last = request(TARO);
        assertEquals(ids(confirmed, refused, last), open());
        assertAccepted(approve(phone, confirmed));
        assertEquals(ids(refused, last), open());
        assertEquals(
                ids(last),
                tokens.refuse(TARO, refused.id()).orElseThrow().openRequests().stream()
                        .map(RequestInfo::id)
                        .toList());
        assertAccepted(withdraw(TARO, last));

        assertEquals(List.of(), open());
    }

    /** Nothing is stored at the expiry, so the row still has the request. */
    @Test
    void aRegistrationListsNoExpiredRequest() {
        activate(TARO);
        RequestedSignature first = request(TARO);
        clock.advance(Duration.ofMinutes(1));
        RequestedSignature second = request(TARO);
        clock.advance(Duration.between(clock.instant(), first.expiresAt()).minusNanos(1));
        assertEquals(ids(first, second), open());
        clock.advance(Duration.ofNanos(1));

        assertEquals(ids(second), open());
    }
}
