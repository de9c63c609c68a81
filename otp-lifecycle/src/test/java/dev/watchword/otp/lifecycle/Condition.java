package dev.watchword.otp.lifecycle;

import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Everything that an enrolment can be, as far as the machine tells it apart, and right evidence for every action. */
enum Condition {
    NOTHING("nothing is known"),
    BARE("a confirmation password only"),
    ORDERED("a fob is ordered"),
    ASSIGNED("a fob is assigned"),
    SENT("a fob is sent"),
    ISSUED("a software token is issued"),
    PROVISIONED("its app is provisioned"),
    PROVISIONED_SUSPENDED("… and suspended"),
    PROVISIONED_EXPIRED("… and expired"),
    LAPSED("it waited too long"),
    ACTIVE("a fob is in use"),
    ACTIVE_SUSPENDED("… and suspended"),
    ACTIVE_EXPIRED("… and expired"),
    ACTIVE_NEW("… and not soon to expire"),
    RENEWING_ORDERED("… and its successor ordered"),
    RENEWING_SENT("… and its successor sent"),
    RENEWING_LAPSED("… and its successor waited too long"),
    ACTIVE_SOFTWARE("a software token is in use"),
    REVOKED("what was in use is revoked");

    static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    static final ServiceId SERVICE = new ServiceId("10112235");
    static final Holder HOLDER = new Holder("taro");
    static final UserId USER = new UserId("999800000001");
    static final SerialNumber FOB = new SerialNumber("101199980021");
    static final SerialNumber SUCCESSOR = new SerialNumber("101199980022");
    static final SerialNumber APP = new SerialNumber("243725864");
    static final SerialNumber NEXT_APP = new SerialNumber("243725865");
    static final Operator OPERATOR = new Operator("helpdesk-7");
    static final SealedSecret SECRET = new SealedSecret("key", new byte[] {1});
    static final SealedSecret HASH = new SealedSecret("key", new byte[] {2});
    static final DeviceFingerprint DEVICE = new DeviceFingerprint("ab".repeat(32));
    static final Verification RIGHT = new Verification.Matched(1000, 0);
    static final String REASON = "called back";

    private static final Instant AGO = NOW.minusSeconds(100);
    private static final Instant SOON = NOW.plus(Duration.ofDays(30));

    private final String words;

    Condition(String words) {
        this.words = words;
    }

    /** How the documentation calls it. */
    String words() {
        return words;
    }

    Enrolment enrolment() {
        Order placed = new Order(OrderState.PLACED, AGO, null, null);
        Order assigned = new Order(OrderState.ASSIGNED, AGO, AGO, null);
        Order sent = new Order(OrderState.SENT, AGO, AGO, AGO);
        Suspension lost = new Suspension(SuspensionReason.LOST, AGO, OPERATOR);
        return switch (this) {
            case NOTHING -> Enrolment.none(SERVICE, HOLDER);
            case BARE -> enrolment(null, null, null);
            case ORDERED -> enrolment(USER, null, new Waiting(placed, null, SOON));
            case ASSIGNED ->
                enrolment(USER, null, new Waiting(assigned, fob(FOB, TokenState.ISSUED, SOON, null), SOON));
            case SENT -> enrolment(USER, null, new Waiting(sent, fob(FOB, TokenState.ISSUED, SOON, null), SOON));
            case ISSUED -> enrolment(USER, null, new Waiting(null, app(TokenState.ISSUED, SOON, null, false), SOON));
            case PROVISIONED ->
                enrolment(USER, null, new Waiting(null, app(TokenState.ISSUED, SOON, null, true), SOON));
            case PROVISIONED_SUSPENDED ->
                enrolment(USER, null, new Waiting(null, app(TokenState.ISSUED, SOON, lost, true), SOON));
            case PROVISIONED_EXPIRED ->
                enrolment(USER, null, new Waiting(null, app(TokenState.ISSUED, NOW, null, true), SOON));
            case LAPSED -> enrolment(USER, null, new Waiting(null, app(TokenState.ISSUED, SOON, null, true), NOW));
            case ACTIVE -> enrolment(USER, fob(FOB, TokenState.ACTIVE, SOON, null), null);
            case ACTIVE_SUSPENDED -> enrolment(USER, fob(FOB, TokenState.ACTIVE, SOON, lost), null);
            case ACTIVE_EXPIRED -> enrolment(USER, fob(FOB, TokenState.ACTIVE, NOW, null), null);
            case ACTIVE_NEW -> enrolment(USER, fob(FOB, TokenState.ACTIVE, NOW.plus(Duration.ofDays(91)), null), null);
            case RENEWING_ORDERED ->
                enrolment(USER, fob(FOB, TokenState.ACTIVE, SOON, null), new Waiting(placed, null, SOON));
            case RENEWING_SENT ->
                enrolment(
                        USER,
                        fob(FOB, TokenState.ACTIVE, SOON, null),
                        new Waiting(sent, fob(SUCCESSOR, TokenState.ISSUED, SOON, null), SOON));
            case RENEWING_LAPSED ->
                enrolment(
                        USER,
                        fob(FOB, TokenState.ACTIVE, SOON, null),
                        new Waiting(sent, fob(SUCCESSOR, TokenState.ISSUED, SOON, null), NOW));
            case ACTIVE_SOFTWARE -> enrolment(USER, app(TokenState.ACTIVE, SOON, null, true), null);
            case REVOKED -> enrolment(USER, fob(FOB, TokenState.REVOKED, SOON, null), null);
        };
    }

    private static Enrolment enrolment(@Nullable UserId userId, @Nullable Token token, @Nullable Waiting waiting) {
        Factors factors = new Factors(HASH, 0, null, 0);
        return new Enrolment(
                SERVICE,
                HOLDER,
                3,
                userId,
                token,
                waiting,
                null,
                null,
                factors,
                4,
                new ChainLink("test", "0".repeat(64)));
    }

    private static Token fob(
            SerialNumber serial, TokenState state, Instant expiresAt, @Nullable Suspension suspension) {
        return token(serial, TokenKind.HARDWARE, state, expiresAt, suspension, null);
    }

    private static Token app(
            TokenState state, Instant expiresAt, @Nullable Suspension suspension, boolean provisioned) {
        Provisioning provisioning = provisioned
                ? new Provisioning(null, 0, AGO, SOON, AGO, DEVICE)
                : new Provisioning(HASH, 0, AGO, SOON, null, null);
        return token(APP, TokenKind.SOFTWARE, state, expiresAt, suspension, provisioning);
    }

    private static Token token(
            SerialNumber serial,
            TokenKind kind,
            TokenState state,
            Instant expiresAt,
            @Nullable Suspension suspension,
            @Nullable Provisioning provisioning) {
        boolean revoked = state == TokenState.REVOKED;
        return new Token(
                serial,
                kind,
                TotpProfile.BANK,
                state,
                revoked ? null : SECRET,
                AGO,
                state == TokenState.ISSUED ? null : AGO,
                revoked ? AGO : null,
                expiresAt,
                CodeState.NEW,
                Failures.NONE,
                suspension,
                provisioning);
    }

    /** What is asked, with this evidence for the code, and right evidence for all else. */
    Command command(TokenAction action, Verification code) {
        Evidence evidence = new Evidence(Proof.RIGHT, Proof.RIGHT, code);
        Waiting waiting = enrolment().waiting();
        SerialNumber waits = waiting == null || waiting.token() == null
                ? FOB
                : waiting.token().serial();
        return switch (action) {
            case ISSUE ->
                new Command.Issue(USER, NEXT_APP, SECRET, HASH, new MailAddress("taro@bank.example"), evidence);
            case ORDER -> new Command.PlaceOrder(USER, evidence);
            case RENEW ->
                this == ACTIVE_SOFTWARE
                        ? new Command.RenewSoftware(
                                NEXT_APP, SECRET, HASH, new MailAddress("taro@bank.example"), evidence)
                        : new Command.RenewHardware(evidence);
            case ASSIGN ->
                new Command.Assign(
                        new StockedFob(SUCCESSOR, TotpProfile.BANK, SECRET, null, SOON, new CodeState(Totp.NO_STEP, 3)),
                        OPERATOR);
            case SEND -> new Command.Send(OPERATOR);
            case PROVISION -> new Command.Provision(Proof.RIGHT, DEVICE);
            case ACTIVATE -> new Command.Activate(waits, evidence);
            case VERIFY -> new Command.Verify(code, Purpose.LOGIN);
            case RESYNCHRONISE -> new Command.Resynchronise(code);
            case SUSPEND -> new Command.Suspend(null, SuspensionReason.LOST, OPERATOR, REASON);
            case RESUME -> new Command.Resume(null, OPERATOR, REASON);
            case CANCEL -> new Command.Cancel(evidence);
            case CANCEL_BY_OPERATOR -> new Command.CancelByOperator(OPERATOR, REASON);
            case LAPSE -> new Command.Lapse();
            case REVOKE -> new Command.Revoke(evidence);
            case REVOKE_BY_OPERATOR -> new Command.RevokeByOperator(OPERATOR, REASON);
            case SET_PASSWORD -> new Command.SetPassword(HASH);
            case MAKE_MAIL_CODE ->
                new Command.MakeMailCode(new MailCode(
                        HASH, Operation.ISSUE, new MailAddress("taro@bank.example"), NOW, NOW.plusSeconds(60)));
            case RAISE_FLOOR -> new Command.RaiseFloor(SOON, OPERATOR, REASON);
            case ERASE -> new Command.Erase(OPERATOR);
            case TAKE_OVER ->
                new Command.TakeOver(
                        FOB,
                        TokenKind.HARDWARE,
                        TotpProfile.BANK,
                        SECRET,
                        CodeState.NEW,
                        SOON,
                        USER,
                        false,
                        null,
                        null,
                        OPERATOR);
            case RESET_FACTORS -> new Command.ResetFactors(OPERATOR, REASON);
        };
    }
}
