package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OcraVerification;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.Verification;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.DeviceFingerprint;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.RequestReference;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Every state of an enrolment that the machine distinguishes, and right evidence for every action. */
enum Condition {
    NOTHING("nothing is known"),
    BARE("a confirmation password only"),
    MAILED("… and a mail code"),
    ORDERED("a hardware token is ordered"),
    ASSIGNED("a hardware token is assigned"),
    SENT("a hardware token is sent"),
    SENT_UNKNOWN("… and is a HOTP token whose counter is unknown"),
    ISSUED("a software token is issued"),
    PROVISIONED("its app is provisioned"),
    PROVISIONED_SUSPENDED("… and suspended"),
    PROVISIONED_EXPIRED("… and expired"),
    LAPSED("it waited too long"),
    ACTIVE("a hardware token is in use"),
    ACTIVE_SUSPENDED("… and suspended"),
    ACTIVE_EXPIRED("… and expired"),
    ACTIVE_NEW("… and not soon to expire"),
    RENEWING_ORDERED("… and its successor ordered"),
    RENEWING_SENT("… and its successor sent"),
    RENEWING_LAPSED("… and its successor waited too long"),
    ACTIVE_SOFTWARE("a software token is in use"),
    SIGNING("… and a transaction waits for its signature"),
    SIGNING_SUSPENDED("… and the token is suspended"),
    SIGNING_TOO_LATE("… or waited too long"),
    SIGNING_FULL("… or as many transactions wait as the policy allows"),
    KEYPAD("a hardware token with a keypad is in use, and a transaction waits"),
    REVOKED("what was in use is revoked"),
    HOTP_UNKNOWN("a HOTP token in use whose counter is unknown"),
    NOTHING_SUSPENDED("a holder is suspended, nothing else"),
    ORDERED_SUSPENDED("… and a hardware token is ordered"),
    ISSUED_SUSPENDED("… and a software token is issued"),
    ACTIVE_HOLDER_SUSPENDED("… and a hardware token is in use"),
    BACKUP("a token is in use, with emergency and recovery codes"),
    BACKUP_SUSPENDED("… and the token is suspended"),
    BACKUP_EXPIRED("… and the token is expired"),
    BACKUP_HOLDER_SUSPENDED("… and the holder is suspended"),
    BACKUP_USED("… and the first of each is used"),
    BACKUP_TOO_OLD("… and the emergency codes are expired"),
    BACKUP_LOCKED("… and too many of each were wrong in a row"),
    BACKUP_CEILING("… and too many were wrong since the last right one"),
    BACKUP_RENEWING_SENT("… and a successor is sent");

    static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    static final ServiceId SERVICE = new ServiceId("10112235");
    static final Holder HOLDER = new Holder("taro");
    static final UserId USER = new UserId("999800000001");
    static final SerialNumber TOKEN = new SerialNumber("101199980021");
    static final SerialNumber SUCCESSOR = new SerialNumber("101199980022");
    static final SerialNumber APP = new SerialNumber("243725864");
    static final SerialNumber NEXT_APP = new SerialNumber("243725865");
    static final Operator OPERATOR = new Operator("helpdesk-7");
    static final SealedSecret SECRET = new SealedSecret("key", new byte[] {1});
    static final SealedSecret HASH = new SealedSecret("key", new byte[] {2});
    static final DevicePublicKey DEVICE_KEY =
            DeviceKey.generate(DeviceKeyType.P256, new SecureRandom()).publicKey();
    static final DeviceFingerprint DEVICE = DeviceFingerprint.of(DEVICE_KEY);
    static final RequestId REQUEST = new RequestId("cd".repeat(16));
    static final SigningKey APP_KEY = SigningKey.builder()
            .suite(OcraSuite.parse("OCRA-1:HOTP-SHA256-8:QH64"))
            .secret(SECRET)
            .build();
    static final SigningKey KEYPAD_KEY = SigningKey.builder()
            .suite(OcraSuite.parse("OCRA-1:HOTP-SHA1-6:C-QN08"))
            .secret(SECRET)
            .nextCounter(7)
            .build();
    static final Signature RIGHT_RESPONSE =
            new Signature.Signed(new OcraVerification.Matched(OptionalLong.empty(), OptionalLong.empty(), 0));
    static final Verification RIGHT = new Verification.Matched(1000, 0);
    static final String REASON = "called back";
    static final MailAddress MAIL = new MailAddress("taro@bank.example");

    private static final Instant AGO = NOW.minusSeconds(100);
    private static final Instant SOON = NOW.plus(Duration.ofDays(30));

    private final String words;

    Condition(String words) {
        this.words = words;
    }

    /** The name in the documentation. */
    String words() {
        return words;
    }

    Enrolment enrolment() {
        Order placed = Order.builder().state(OrderState.PLACED).placedAt(AGO).build();
        Order assigned = Order.builder()
                .state(OrderState.ASSIGNED)
                .placedAt(AGO)
                .assignedAt(AGO)
                .build();
        Order sent = Order.builder()
                .state(OrderState.SENT)
                .placedAt(AGO)
                .assignedAt(AGO)
                .sentAt(AGO)
                .build();
        Suspension lost = Suspension.of(SuspensionReason.LOST, AGO, OPERATOR);
        return switch (this) {
            case NOTHING -> Enrolment.none(SERVICE, HOLDER);
            case BARE -> enrolment(null, null, null);
            case MAILED -> mailed(enrolment(null, null, null));
            case ORDERED ->
                enrolment(
                        USER,
                        null,
                        Pending.builder().order(placed).lapsesAt(SOON).build());
            case ASSIGNED ->
                enrolment(
                        USER,
                        null,
                        Pending.builder()
                                .order(assigned)
                                .token(hardwareToken(TOKEN, TokenState.ISSUED, SOON, null))
                                .lapsesAt(SOON)
                                .build());
            case SENT ->
                enrolment(
                        USER,
                        null,
                        Pending.builder()
                                .order(sent)
                                .token(hardwareToken(TOKEN, TokenState.ISSUED, SOON, null))
                                .lapsesAt(SOON)
                                .build());
            case SENT_UNKNOWN ->
                enrolment(
                        USER,
                        null,
                        Pending.builder()
                                .order(sent)
                                .token(withUnknownCounter(hardwareToken(TOKEN, TokenState.ISSUED, SOON, null)))
                                .lapsesAt(SOON)
                                .build());
            case ISSUED ->
                enrolment(
                        USER,
                        null,
                        Pending.builder()
                                .token(app(TokenState.ISSUED, SOON, null, false))
                                .lapsesAt(SOON)
                                .build());
            case PROVISIONED ->
                enrolment(
                        USER,
                        null,
                        Pending.builder()
                                .token(app(TokenState.ISSUED, SOON, null, true))
                                .lapsesAt(SOON)
                                .build());
            case PROVISIONED_SUSPENDED ->
                enrolment(
                        USER,
                        null,
                        Pending.builder()
                                .token(app(TokenState.ISSUED, SOON, lost, true))
                                .lapsesAt(SOON)
                                .build());
            case PROVISIONED_EXPIRED ->
                enrolment(
                        USER,
                        null,
                        Pending.builder()
                                .token(app(TokenState.ISSUED, NOW, null, true))
                                .lapsesAt(SOON)
                                .build());
            case LAPSED ->
                enrolment(
                        USER,
                        null,
                        Pending.builder()
                                .token(app(TokenState.ISSUED, SOON, null, true))
                                .lapsesAt(NOW)
                                .build());
            case ACTIVE -> enrolment(USER, hardwareToken(TOKEN, TokenState.ACTIVE, SOON, null), null);
            case ACTIVE_SUSPENDED -> enrolment(USER, hardwareToken(TOKEN, TokenState.ACTIVE, SOON, lost), null);
            case ACTIVE_EXPIRED -> enrolment(USER, hardwareToken(TOKEN, TokenState.ACTIVE, NOW, null), null);
            case ACTIVE_NEW ->
                enrolment(USER, hardwareToken(TOKEN, TokenState.ACTIVE, NOW.plus(Duration.ofDays(91)), null), null);
            case RENEWING_ORDERED ->
                enrolment(
                        USER,
                        hardwareToken(TOKEN, TokenState.ACTIVE, SOON, null),
                        Pending.builder().order(placed).lapsesAt(SOON).build());
            case RENEWING_SENT ->
                enrolment(
                        USER,
                        hardwareToken(TOKEN, TokenState.ACTIVE, SOON, null),
                        Pending.builder()
                                .order(sent)
                                .token(hardwareToken(SUCCESSOR, TokenState.ISSUED, SOON, null))
                                .lapsesAt(SOON)
                                .build());
            case RENEWING_LAPSED ->
                enrolment(
                        USER,
                        hardwareToken(TOKEN, TokenState.ACTIVE, SOON, null),
                        Pending.builder()
                                .order(sent)
                                .token(hardwareToken(SUCCESSOR, TokenState.ISSUED, SOON, null))
                                .lapsesAt(NOW)
                                .build());
            case ACTIVE_SOFTWARE -> enrolment(USER, app(TokenState.ACTIVE, SOON, null, true), null);
            case SIGNING -> requesting(ACTIVE_SOFTWARE.enrolment(), SigningMethod.APP, SOON);
            case SIGNING_SUSPENDED ->
                requesting(enrolment(USER, app(TokenState.ACTIVE, SOON, lost, true), null), SigningMethod.APP, SOON);
            case SIGNING_TOO_LATE -> requesting(ACTIVE_SOFTWARE.enrolment(), SigningMethod.APP, NOW);
            case SIGNING_FULL -> full(SIGNING.enrolment());
            case KEYPAD ->
                requesting(
                        enrolment(
                                USER,
                                hardwareToken(TOKEN, TokenState.ACTIVE, SOON, null).toBuilder()
                                        .signing(KEYPAD_KEY)
                                        .build(),
                                null),
                        SigningMethod.TYPED_CHALLENGE,
                        SOON);
            case REVOKED -> enrolment(USER, hardwareToken(TOKEN, TokenState.REVOKED, SOON, null), null);
            case HOTP_UNKNOWN ->
                enrolment(USER, withUnknownCounter(hardwareToken(TOKEN, TokenState.ACTIVE, SOON, null)), null);
            case NOTHING_SUSPENDED -> suspended(enrolment(null, null, null));
            case ORDERED_SUSPENDED -> suspended(ORDERED.enrolment());
            case ISSUED_SUSPENDED -> suspended(ISSUED.enrolment());
            case ACTIVE_HOLDER_SUSPENDED -> suspended(ACTIVE.enrolment());
            case BACKUP -> withCodes(ACTIVE.enrolment(), SOON, 3, 0, 0);
            case BACKUP_SUSPENDED -> withCodes(ACTIVE_SUSPENDED.enrolment(), SOON, 3, 0, 0);
            case BACKUP_EXPIRED -> withCodes(ACTIVE_EXPIRED.enrolment(), SOON, 3, 0, 0);
            case BACKUP_HOLDER_SUSPENDED -> suspended(BACKUP.enrolment());
            case BACKUP_USED -> withCodes(ACTIVE.enrolment(), SOON, 2, 0, 0);
            case BACKUP_TOO_OLD -> withCodes(ACTIVE.enrolment(), NOW, 3, 0, 0);
            case BACKUP_LOCKED -> withCodes(ACTIVE.enrolment(), SOON, 3, 5, 10);
            case BACKUP_CEILING -> withCodes(ACTIVE.enrolment(), SOON, 3, 1, 100);
            case BACKUP_RENEWING_SENT -> withCodes(RENEWING_SENT.enrolment(), SOON, 3, 0, 0);
        };
    }

    private static Enrolment enrolment(@Nullable UserId userId, @Nullable Token token, @Nullable Pending waiting) {
        Credentials factors = Credentials.builder().password(HASH).build();
        return Enrolment.builder()
                .serviceId(SERVICE)
                .holder(HOLDER)
                .version(3)
                .userId(userId)
                .token(token)
                .pending(waiting)
                .credentials(factors)
                .eventCount(4)
                .head(new ChainLink("test", "0".repeat(64)))
                .build();
    }

    private static Enrolment withCodes(
            Enrolment enrolment, Instant expiresAt, int unused, int failures, int failuresSinceAccepted) {
        BackupCodeSet recovery = BackupCodeSet.builder()
                .hashes(HASH)
                .unused(unused)
                .failures(failures)
                .createdAt(AGO)
                .build();
        return enrolment.toBuilder()
                .backupCodes(BackupCodes.builder()
                        .emergency(recovery.toBuilder().expiresAt(expiresAt).build())
                        .recovery(recovery)
                        .failuresSinceAccepted(failuresSinceAccepted)
                        .build())
                .build();
    }

    private static Enrolment suspended(Enrolment enrolment) {
        return enrolment.toBuilder()
                .suspension(HolderSuspension.builder()
                        .reason(SuspensionReason.FRAUD_SUSPECTED)
                        .since(AGO)
                        .operator(OPERATOR)
                        .loginAskedForCode(enrolment.loginAsksForCode())
                        .build())
                .build();
    }

    private static Enrolment requesting(Enrolment enrolment, SigningMethod method, Instant expiresAt) {
        OpenRequest request = OpenRequest.builder()
                .id(REQUEST)
                .method(method)
                .serial(requireNonNull(enrolment.activeToken()).serial())
                .purpose(Purpose.FUNDS_TRANSFER)
                .nonce("01".repeat(16))
                .digest("23".repeat(32))
                .expiresAt(expiresAt)
                .build();
        return enrolment.toBuilder().requests(List.of(request)).build();
    }

    private static Enrolment full(Enrolment enrolment) {
        OpenRequest open = enrolment.requests().get(0);
        OpenRequest second = open.toBuilder().id(new RequestId("ce".repeat(16))).build();
        OpenRequest third = open.toBuilder().id(new RequestId("cf".repeat(16))).build();
        return enrolment.toBuilder().requests(List.of(open, second, third)).build();
    }

    private static Enrolment mailed(Enrolment enrolment) {
        MailCode code = MailCode.builder()
                .hash(HASH)
                .operation(Operation.ISSUE)
                .destination(MAIL)
                .sentAt(AGO)
                .expiresAt(SOON)
                .build();
        Credentials credentials =
                enrolment.credentials().toBuilder().mailCode(code).build();
        return enrolment.toBuilder().credentials(credentials).build();
    }

    private static Token hardwareToken(
            SerialNumber serial, TokenState state, Instant expiresAt, @Nullable Suspension suspension) {
        return token(serial, TokenKind.HARDWARE, state, expiresAt, suspension, null);
    }

    private static Token withUnknownCounter(Token token) {
        return token.toBuilder()
                .profile(new HotpProfile(HmacAlgorithm.SHA1, 8))
                .codes(CodeState.ofNextCounter(7))
                .counterUnknown(true)
                .build();
    }

    private static Token app(
            TokenState state, Instant expiresAt, @Nullable Suspension suspension, boolean provisioned) {
        Provisioning provisioning = provisioned
                ? Provisioning.builder()
                        .opensAt(AGO)
                        .closesAt(SOON)
                        .provisionedAt(AGO)
                        .device(DEVICE)
                        .build()
                : Provisioning.builder()
                        .password(HASH)
                        .opensAt(AGO)
                        .closesAt(SOON)
                        .build();
        return token(APP, TokenKind.SOFTWARE, state, expiresAt, suspension, provisioning).toBuilder()
                .signing(APP_KEY)
                .build();
    }

    private static Token token(
            SerialNumber serial,
            TokenKind kind,
            TokenState state,
            Instant expiresAt,
            @Nullable Suspension suspension,
            @Nullable Provisioning provisioning) {
        boolean revoked = state == TokenState.REVOKED;
        return Token.builder()
                .serial(serial)
                .kind(kind)
                .profile(TotpProfile.BANK)
                .state(state)
                .secret(revoked ? null : SECRET)
                .issuedAt(AGO)
                .activatedAt(state == TokenState.ISSUED ? null : AGO)
                .revokedAt(revoked ? AGO : null)
                .expiresAt(expiresAt)
                .suspension(suspension)
                .provisioning(provisioning)
                .build();
    }

    /** Returns the command of each action, with this evidence for the code and right evidence otherwise. */
    Asked<?> asked(TokenAction action, Verification code) {
        return asked(action, Proof.RIGHT, code);
    }

    /**
     * Returns the command of each action, with this evidence for passwords and mail codes, and separate evidence for
     * the code.
     */
    Asked<?> asked(TokenAction action, Proof proof, Verification code) {
        Evidence evidence = new Evidence(proof, proof, code);
        NewSoftwareToken token = new NewSoftwareToken(NEXT_APP, SECRET, HASH, APP_KEY);
        Token pending = enrolment().pendingToken();
        return switch (action) {
            case ISSUE -> new Asked<>(new Issue(MAIL), new Issue.Given(USER, token, evidence));
            case ORDER -> new Asked<>(new PlaceOrder(), new PlaceOrder.Given(USER, evidence));
            case RENEW ->
                isSoftware()
                        ? new Asked<>(new RenewSoftware(MAIL), new RenewSoftware.Given(token, evidence))
                        : new Asked<>(new RenewHardware(), evidence);
            case ORDER_BY_OPERATOR -> new Asked<>(new OrderByOperator(OPERATOR, REASON), USER);
            case REPLACE -> new Asked<>(new Replace(MAIL, SuspensionReason.LOST, OPERATOR, REASON), Optional.of(token));
            case ASSIGN -> new Asked<>(new Assign(OPERATOR), Optional.of(new Picked(stocked(), SECRET, KEYPAD_KEY)));
            case SEND -> Asked.of(new Send(OPERATOR));
            case PROVISION -> new Asked<>(new Provision(DEVICE_KEY), proof);
            case ACTIVATE -> new Asked<>(new Activate(serial(pending), false), evidence);
            case VERIFY -> new Asked<>(new Verify(Purpose.LOGIN), code);
            case RESYNCHRONISE -> new Asked<>(new Resynchronise(), code);
            case REQUEST_SIGNATURE ->
                new Asked<>(
                        new RequestSignature(Purpose.FUNDS_TRANSFER, true),
                        new RequestSignature.Given(
                                new RequestReference(new RequestId("ef".repeat(16)), "45".repeat(32)),
                                "67".repeat(16)));
            case CONFIRM_SIGNATURE -> new Asked<>(new ConfirmSignature(REQUEST), RIGHT_RESPONSE);
            case REFUSE_SIGNATURE -> Asked.of(new RefuseSignature(REQUEST));
            case WITHDRAW_SIGNATURE -> Asked.of(new WithdrawSignature(REQUEST, OPERATOR, REASON));
            case SUSPEND -> Asked.of(new Suspend(null, SuspensionReason.LOST, OPERATOR, REASON));
            case RESUME -> Asked.of(new Resume(null, OPERATOR, REASON));
            case SUSPEND_HOLDER -> Asked.of(new SuspendHolder(SuspensionReason.FRAUD_SUSPECTED, OPERATOR, REASON));
            case RESUME_HOLDER -> Asked.of(new ResumeHolder(OPERATOR, REASON));
            case CANCEL -> new Asked<>(new Cancel(), evidence);
            case CANCEL_BY_OPERATOR -> Asked.of(new CancelByOperator(OPERATOR, REASON));
            case LAPSE -> Asked.of(new Lapse());
            case REVOKE -> new Asked<>(new Revoke(), evidence);
            case REVOKE_BY_OPERATOR -> Asked.of(new RevokeByOperator(null, OPERATOR, REASON));
            case SET_PASSWORD -> new Asked<>(new SetPassword(), HASH);
            case MAKE_MAIL_CODE -> new Asked<>(new MakeMailCode(Operation.ISSUE, MAIL), HASH);
            case RAISE_FLOOR -> Asked.of(new RaiseFloor(SOON, OPERATOR, REASON));
            case REANCHOR -> Asked.of(new Reanchor("another", OPERATOR, REASON));
            case ERASE -> Asked.of(new Erase(OPERATOR));
            case TAKE_OVER -> new Asked<>(new TakeOver(foreign(), null, null, null, OPERATOR), USER);
            case RESET_FACTORS -> Asked.of(new ResetFactors(OPERATOR, REASON));
            case ISSUE_EMERGENCY_CODES ->
                new Asked<>(new IssueEmergencyCodes(OPERATOR, REASON), new NewBackupCodes(HASH, 1));
            case USE_EMERGENCY_CODE -> new Asked<>(new UseEmergencyCode(0), proof);
            case CREATE_RECOVERY_CODES ->
                new Asked<>(
                        new CreateRecoveryCodes(),
                        new CreateRecoveryCodes.Given(evidence, new NewBackupCodes(HASH, 10)));
            case USE_RECOVERY_CODE -> new Asked<>(new UseRecoveryCode(0), proof);
        };
    }

    /** Returns the activation with two consecutive codes. */
    Activate activateConsecutively() {
        return new Activate(serial(enrolment().pendingToken()), true);
    }

    /** Returns the operations that a holder can prove. */
    List<Provable> provables() {
        return List.of(
                new Issue(MAIL),
                new PlaceOrder(),
                isSoftware() ? new RenewSoftware(MAIL) : new RenewHardware(),
                new Activate(serial(enrolment().pendingToken()), false),
                new Cancel(),
                new Revoke());
    }

    private boolean isSoftware() {
        Token active = enrolment().activeToken();
        return active != null && active.kind() == TokenKind.SOFTWARE;
    }

    /** Returns the serial number of the token that an operation is about, or {@code null}. */
    @Nullable
    SerialNumber serialOf(Provable provable) {
        Enrolment enrolment = enrolment();
        Token token = switch (provable.operation()) {
            case ISSUE, ORDER -> null;
            case RENEW, REVOKE, RECOVERY_CODES -> enrolment.activeToken();
            case ACTIVATE, CANCEL -> enrolment.pendingToken();
        };
        return token == null ? null : token.serial();
    }

    /** The serial number that the holder must enter. */
    private static @Nullable SerialNumber serial(@Nullable Token pending) {
        if (pending == null) {
            return TOKEN;
        }
        return pending.kind() == TokenKind.SOFTWARE ? null : pending.serial();
    }

    static StockedToken stocked() {
        return StockedToken.builder()
                .batch(new BatchId("delivery-1"))
                .serial(SUCCESSOR)
                .profile(TotpProfile.BANK)
                .secret(SECRET)
                .expiresAt(SOON)
                .codes(new CodeState(Totp.NO_STEP, 3))
                .build();
    }

    static Token foreign() {
        return hardwareToken(TOKEN, TokenState.ISSUED, SOON, null);
    }
}
