package dev.watchword.otp.lifecycle.support;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Ocra;
import dev.watchword.otp.OcraInput;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.lifecycle.BuilderAccess;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.CreatedMailCode;
import dev.watchword.otp.lifecycle.EmergencyCodes;
import dev.watchword.otp.lifecycle.HolderProof;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.Proved;
import dev.watchword.otp.lifecycle.RecoveryCodes;
import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.TokensInTransaction;
import dev.watchword.otp.lifecycle.internal.BackupCodeText;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.OpenProof;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.BackupCodePolicy;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.seeds.ForeignToken;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A holder in a certain situation, in a store that can be copied, and the possible operations. */
public final class Situation {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DeviceKey DEVICE = DeviceKey.generate(DeviceKeyType.P256, RANDOM);
    private static final DeviceKey OTHER = DeviceKey.generate(DeviceKeyType.P256, RANDOM);
    private static final Holder TARO = new Holder("taro");
    private static final String PASSWORD = "hirosaki1";
    private static final Confirmation WRONG_PASSWORD = Confirmation.NONE.password("wrong1234");
    private static final String ADDRESS = "taro@bank.example";
    private static final SerialNumber TOKEN = new SerialNumber("101199980021");
    private static final SerialNumber NEXT_TOKEN = new SerialNumber("101199980022");
    private static final TransactionDetails TRANSFER = TransactionDetails.of("payee", "0123456");
    private static final OtpSecret SECRET = OtpSecret.random(TotpProfile.BANK.algorithm(), RANDOM);
    private static final TokenPolicy POLICY = TokenPolicy.BANK
            .withHashing(TestInstitution.FAST_HASHING)
            .withLock(LockPolicy.builder().failureLimit(2).failureCeiling(3).build())
            .withBackupCodes(BackupCodePolicy.builder()
                    .emergencyCount(2)
                    .emergencyTries(2)
                    .recoveryCount(2)
                    .recoveryTries(2)
                    .build());
    private static final String WRONG_EMERGENCY = BackupCodeText.draw(
                    BackupCodeText.Kind.EMERGENCY, 0, BackupCodeText.LONG, RANDOM)
            .exposeGroups();
    private static final String WRONG_RECOVERY = BackupCodeText.draw(
                    BackupCodeText.Kind.RECOVERY, 0, BackupCodeText.LONG, RANDOM)
            .exposeGroups();

    /** The operations that lead to a situation, in order. */
    private static final Map<String, List<String>> PASTS = new LinkedHashMap<>();

    static {
        PASTS.put("nothing", List.of());
        PASTS.put("a mail code", List.of("set password", "mail code"));
        PASTS.put("issued", List.of("set password", "mail code", "issue"));
        PASTS.put("provisioned", List.of("set password", "mail code", "issue", "provision"));
        PASTS.put("phone", List.of("set password", "mail code", "issue", "provision", "activate phone", "later"));
        PASTS.put(
                "signing",
                List.of(
                        "set password",
                        "mail code",
                        "issue",
                        "provision",
                        "activate phone",
                        "later",
                        "request signature"));
        PASTS.put(
                "one try left to sign",
                List.of(
                        "set password",
                        "mail code",
                        "issue",
                        "provision",
                        "activate phone",
                        "later",
                        "request signature",
                        "wrong signature"));
        PASTS.put("ordered", List.of("set password", "order"));
        PASTS.put("assigned", List.of("set password", "order", "assign"));
        PASTS.put("sent", List.of("set password", "order", "assign", "send"));
        PASTS.put(
                "hardware token",
                List.of("set password", "order", "assign", "send", "activate hardware", "much later"));
        PASTS.put(
                "one try left",
                List.of("set password", "order", "assign", "send", "activate hardware", "much later", "wrong code"));
        PASTS.put(
                "suspended",
                List.of("set password", "order", "assign", "send", "activate hardware", "much later", "suspend"));
        PASTS.put(
                "renewing",
                List.of(
                        "set password",
                        "order",
                        "assign",
                        "send",
                        "activate hardware",
                        "much later",
                        "renew",
                        "assign next",
                        "send",
                        "later"));
        PASTS.put(
                "suspended successor",
                List.of(
                        "set password",
                        "order",
                        "assign",
                        "send",
                        "activate hardware",
                        "much later",
                        "renew",
                        "assign next",
                        "send",
                        "suspend",
                        "later"));
        PASTS.put(
                "replaced",
                List.of(
                        "set password",
                        "order",
                        "assign",
                        "send",
                        "activate hardware",
                        "much later",
                        "replace",
                        "assign next",
                        "send",
                        "later"));
        PASTS.put("suspended holder", List.of("set password", "mail code", "issue", "provision", "suspend holder"));
        PASTS.put(
                "suspended holder with a token",
                List.of(
                        "set password",
                        "order",
                        "assign",
                        "send",
                        "activate hardware",
                        "much later",
                        "suspend holder"));
        PASTS.put("proved cancellation", List.of("set password", "order", "assign", "send", "prove cancellation"));
        PASTS.put(
                "proved revocation",
                List.of(
                        "set password",
                        "order",
                        "assign",
                        "send",
                        "activate hardware",
                        "much later",
                        "prove revocation",
                        "later"));
        PASTS.put(
                "emergency codes",
                List.of(
                        "set password",
                        "order",
                        "assign",
                        "send",
                        "activate hardware",
                        "much later",
                        "create recovery codes",
                        "later",
                        "issue emergency codes",
                        "suspend"));
        PASTS.put(
                "one try left for codes",
                List.of(
                        "set password",
                        "order",
                        "assign",
                        "send",
                        "activate hardware",
                        "much later",
                        "create recovery codes",
                        "later",
                        "issue emergency codes",
                        "wrong emergency code",
                        "wrong recovery code"));
        PASTS.put("revoked", List.of("set password", "order", "assign", "send", "operator revokes"));
    }

    /** The operations on the holder, by name. */
    private static final Map<String, Function<Situation, Outcome<?>>> OPERATIONS = new LinkedHashMap<>();

    static {
        OPERATIONS.put("set password", s -> s.tokens.setConfirmationPassword(TARO, PASSWORD));
        OPERATIONS.put("mail code", Situation::mailCode);
        OPERATIONS.put("issue", s -> s.issue(s.password().mailCode(s.mailed)));
        OPERATIONS.put("order", s -> s.tokens.orderHardware(TARO, s.password()));
        OPERATIONS.put(
                "order, wrong password", s -> s.tokens.orderHardware(TARO, Confirmation.NONE.password("wrong1234")));
        OPERATIONS.put("assign", s -> s.desk.assign(TARO, TOKEN.value()));
        OPERATIONS.put("assign next", s -> s.desk.assign(TARO, NEXT_TOKEN.value()));
        OPERATIONS.put("send", s -> s.desk.send(TARO));
        OPERATIONS.put("provision", s -> s.provision("4726", DEVICE));
        OPERATIONS.put("provision another", s -> s.provision("4726", OTHER));
        OPERATIONS.put("provision, wrong password", s -> s.provision("9999", DEVICE));
        OPERATIONS.put("activate phone", s -> s.tokens.activateSoftware(TARO, Confirmation.NONE.code(s.code(0))));
        OPERATIONS.put(
                "activate hardware",
                s -> s.tokens.activateHardware(TARO, s.serial(), Confirmation.NONE.code(s.code(0))));
        OPERATIONS.put(
                "activate, wrong serial",
                s -> s.tokens.activateHardware(TARO, "99999999", Confirmation.NONE.code(s.code(0))));
        OPERATIONS.put("verify", s -> s.tokens.verify(TARO, s.code(0), Purpose.LOGIN));
        OPERATIONS.put("verify next", s -> s.tokens.verify(TARO, s.code(1), Purpose.FUNDS_TRANSFER));
        OPERATIONS.put("wrong code", s -> s.tokens.verify(TARO, s.wrongCode(), Purpose.LOGIN));
        OPERATIONS.put("request signature", Situation::requestSignature);
        OPERATIONS.put("sign", s -> s.tokens.confirm(TARO, s.request, TRANSFER, s.signature(0)));
        OPERATIONS.put("wrong signature", s -> s.tokens.confirm(TARO, s.request, TRANSFER, s.signature(1)));
        OPERATIONS.put(
                "sign other details",
                s -> s.tokens.confirm(TARO, s.request, TransactionDetails.of("payee", "666"), s.signature(0)));
        OPERATIONS.put("refuse signature", s -> s.tokens.refuse(TARO, s.request));
        OPERATIONS.put("withdraw signature", s -> s.desk.withdrawRequest(TARO, s.request, "cancelled"));
        OPERATIONS.put("resynchronise", s -> s.tokens.resynchronise(TARO, s.code(0), s.code(1)));
        OPERATIONS.put("renew", s -> s.tokens.renewHardware(TARO, s.password().code(s.code(0))));
        OPERATIONS.put("cancel", s -> s.tokens.cancel(TARO, s.password()));
        OPERATIONS.put("revoke", s -> s.tokens.revoke(TARO, s.password().code(s.code(0))));
        OPERATIONS.put("issue, no mail code", s -> s.issue(s.password()));
        OPERATIONS.put("issue, wrong mail code", s -> s.issue(s.password().mailCode("wrong")));
        OPERATIONS.put("issue, wrong password", s -> s.issue(WRONG_PASSWORD.mailCode(s.mailed)));
        OPERATIONS.put("renew software", s -> s.renewSoftware(s.password().code(s.code(0))));
        OPERATIONS.put(
                "renew software, wrong code", s -> s.renewSoftware(s.password().code(s.wrongCode())));
        OPERATIONS.put("renew, no password", s -> s.tokens.renewHardware(TARO, Confirmation.NONE.code(s.wrongCode())));
        OPERATIONS.put(
                "renew, wrong password and code",
                s -> s.tokens.renewHardware(TARO, WRONG_PASSWORD.code(s.wrongCode())));
        OPERATIONS.put(
                "activate phone, wrong code",
                s -> s.tokens.activateSoftware(TARO, Confirmation.NONE.code(s.wrongCode())));
        OPERATIONS.put(
                "activate hardware, wrong code",
                s -> s.tokens.activateHardware(TARO, s.serial(), Confirmation.NONE.code(s.wrongCode())));
        OPERATIONS.put("revoke, no password", s -> s.tokens.revoke(TARO, Confirmation.NONE.code(s.code(0))));
        OPERATIONS.put(
                "revoke, wrong code", s -> s.tokens.revoke(TARO, s.password().code(s.wrongCode())));
        OPERATIONS.put("revoke, wrong password", s -> s.tokens.revoke(TARO, WRONG_PASSWORD.code(s.code(0))));
        OPERATIONS.put(
                "revoke, malformed code",
                s -> s.tokens.revoke(TARO, s.password().code("123")));
        OPERATIONS.put("cancel, wrong password", s -> s.tokens.cancel(TARO, WRONG_PASSWORD));
        OPERATIONS.put("cancel, no password", s -> s.tokens.cancel(TARO, Confirmation.NONE));
        OPERATIONS.put("resynchronise, wrong codes", s -> s.tokens.resynchronise(TARO, s.wrongCode(), s.wrongCode()));
        OPERATIONS.put(
                "suspend holder",
                s -> s.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, "asked by the branch"));
        OPERATIONS.put("resume holder", s -> s.desk.resumeHolder(TARO, "all clear"));
        OPERATIONS.put("suspend", s -> s.desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));
        OPERATIONS.put("replace", s -> s.desk.replaceWithHardware(TARO, SuspensionReason.LOST, "phoned in"));
        OPERATIONS.put(
                "replace with a phone",
                s -> s.desk.replaceWithSoftware(
                        TARO, SuspensionReason.STOLEN, SoftwareRequest.of(ADDRESS, "4726"), "phoned in"));
        OPERATIONS.put("order a successor", s -> s.desk.orderSuccessor(TARO, "expires soon"));
        OPERATIONS.put("operator orders", s -> s.desk.orderHardware(TARO, "by letter"));
        OPERATIONS.put("resume", s -> s.desk.resume(TARO, "found it"));
        OPERATIONS.put("operator cancels", s -> s.desk.cancel(TARO, "asked to"));
        OPERATIONS.put("operator revokes", s -> s.desk.revoke(TARO, "asked to"));
        OPERATIONS.put("erase", s -> s.desk.erase(TARO));
        OPERATIONS.put("prove cancellation", s -> s.proved(s.bank.proofs().forCancellation(TARO, s.password())));
        OPERATIONS.put(
                "prove revocation",
                s -> s.proved(s.bank.proofs().forRevocation(TARO, s.password().code(s.code(0)))));
        OPERATIONS.put(
                "prove revocation, wrong code",
                s -> s.proved(s.bank.proofs().forRevocation(TARO, s.password().code(s.wrongCode()))));
        OPERATIONS.put("cancel by proof", s -> s.within().cancel(TARO, s.held));
        OPERATIONS.put("revoke by proof", s -> s.within().revoke(TARO, s.held));
        OPERATIONS.put("take over", Situation::takeOver);
        OPERATIONS.put("issue emergency codes", Situation::issueEmergencyCodes);
        OPERATIONS.put("create recovery codes", s -> s.createRecoveryCodes(s.code(0)));
        OPERATIONS.put("create recovery codes, wrong code", s -> s.createRecoveryCodes(s.wrongCode()));
        OPERATIONS.put("use emergency code", s -> s.tokens.useEmergencyCode(TARO, s.emergency));
        OPERATIONS.put("wrong emergency code", s -> s.tokens.useEmergencyCode(TARO, WRONG_EMERGENCY));
        OPERATIONS.put("use recovery code", s -> s.tokens.useRecoveryCode(TARO, s.recovery));
        OPERATIONS.put("wrong recovery code", s -> s.tokens.useRecoveryCode(TARO, WRONG_RECOVERY));
        OPERATIONS.put("reset factors", s -> s.desk.resetFactors(TARO, "asked to"));
    }

    public final CopyableStore store;
    private final FakeClock clock;
    private final Institution bank;
    private final TokenService tokens;
    private final OperatorDesk desk;
    private String mailed = "00000000";

    /** The last proof of the past. The operations of a test do not replace it. */
    private HolderProof held = HolderProof.parse("A".repeat(43)).orElseThrow();

    private HolderProof made = held;

    /** The emergency code and the recovery code of the past. */
    private String emergency = WRONG_EMERGENCY;

    private String recovery = WRONG_RECOVERY;
    /** The last signing request of the past. */
    private RequestId request = new RequestId("0".repeat(32));

    private RequestId requested = request;

    private String issuedEmergency = emergency;
    private String createdRecovery = recovery;

    private Situation(CopyableStore store, Instant now, String mailed, KeySource keys) {
        this.store = store;
        this.mailed = mailed;
        clock = FakeClock.at(now);
        Institution.Builder builder = Institution.builder(TestInstitution.SERVICE_ID, store, keys)
                .clock(clock)
                .policy(POLICY)
                .withoutKeyCheck();
        bank = BuilderAccess.machine(builder, InstitutionFixture.machine).build();
        tokens = bank.tokens();
        desk = bank.desk(new Operator("helpdesk-7"));
    }

    public static List<String> names() {
        return List.copyOf(PASTS.keySet());
    }

    public static List<String> operations() {
        return List.copyOf(OPERATIONS.keySet());
    }

    /** Returns the situation after some operations. */
    public static Situation after(String name) {
        Situation situation = new Situation(
                new CopyableStore(), Instant.parse("2026-11-23T09:00:00Z"), "00000000", TestInstitution.KEYS);
        Instant expiresAt = situation.clock.instant().plus(Duration.ofDays(100));
        for (SerialNumber serial : List.of(TOKEN, NEXT_TOKEN)) {
            situation.store.stock(StockedTokens.of(
                    new BatchId("of-" + serial), serial, TotpProfile.BANK, expiresAt, CodeState.NEW, SECRET));
        }
        for (String step : requireNonNull(PASTS.get(name))) {
            switch (step) {
                case "later" -> situation.clock.advance(Duration.ofMinutes(2));
                case "much later" -> situation.clock.advance(Duration.ofDays(20));
                default -> situation.run(step);
            }
            situation.held = situation.made;
            situation.request = situation.requested;
            situation.emergency = situation.issuedEmergency;
            situation.recovery = situation.createdRecovery;
        }
        return situation;
    }

    /** Returns an independent copy of this situation. */
    public Situation copy() {
        return copy(TestInstitution.KEYS);
    }

    /** Returns an independent copy with other keys. */
    public Situation copy(KeySource keys) {
        Situation copy = new Situation(store.copy(), clock.instant(), mailed, keys);
        copy.held = held;
        copy.request = request;
        copy.requested = request;
        copy.emergency = emergency;
        copy.recovery = recovery;
        return copy;
    }

    /** Runs an operation. Returns its result without random values. */
    public String run(String operation) {
        Outcome<?> outcome = requireNonNull(OPERATIONS.get(operation)).apply(this);
        return outcome.fold(
                accepted -> "Accepted", refused -> refused.refusal() + ", tries left " + refused.triesLeft());
    }

    private Outcome<Proved> proved(Outcome<Proved> outcome) {
        if (outcome.isAccepted()) {
            made = outcome.orElseThrow().proof();
        }
        return outcome;
    }

    /** A transaction that ends after each operation. */
    private TokensInTransaction within() {
        return bank.within(new OneOperation(store));
    }

    private Outcome<?> takeOver() {
        return bank.migration(new Operator("helpdesk-7"))
                .takeOver(ForeignToken.builder()
                        .holder(TARO)
                        .kind(TokenKind.HARDWARE)
                        .serial(new SerialNumber("900000001"))
                        .secret(SECRET)
                        .profile(TotpProfile.BANK)
                        .expiresAt(clock.instant().plus(Duration.ofDays(100)))
                        .build());
    }

    private Outcome<?> issue(Confirmation confirmation) {
        return tokens.issueSoftware(TARO, SoftwareRequest.of(ADDRESS, "4726"), confirmation);
    }

    private Outcome<?> renewSoftware(Confirmation confirmation) {
        return tokens.renewSoftware(TARO, SoftwareRequest.of(ADDRESS, "4726"), confirmation);
    }

    private Outcome<?> issueEmergencyCodes() {
        Outcome<EmergencyCodes> outcome = desk.issueEmergencyCodes(TARO, "phoned in");
        if (outcome.isAccepted()) {
            issuedEmergency = outcome.orElseThrow().codes().get(0).exposeText();
        }
        return outcome;
    }

    private Outcome<?> createRecoveryCodes(String code) {
        Outcome<RecoveryCodes> outcome =
                tokens.createRecoveryCodes(TARO, password().code(code));
        if (outcome.isAccepted()) {
            createdRecovery = outcome.orElseThrow().codes().get(0).exposeText();
        }
        return outcome;
    }

    private Outcome<?> requestSignature() {
        Outcome<RequestedSignature> outcome = tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TRANSFER);
        if (outcome.isAccepted()) {
            requested = outcome.orElseThrow().id();
        }
        return outcome;
    }

    /** Returns the response of the token to the request of the past, or one that differs by a number. */
    private String signature(int difference) {
        Enrolment enrolment = store.enrolment();
        Token token = enrolment == null ? null : enrolment.activeToken();
        SigningKey key = token == null ? null : token.signing();
        OpenRequest open = enrolment == null
                ? null
                : enrolment.requests().stream()
                        .filter(each -> each.id().equals(request))
                        .findFirst()
                        .orElse(null);
        if (enrolment == null || token == null || key == null || open == null) {
            return "12345678";
        }
        SigningRequest signed = SigningRequest.builder()
                .id(request.value())
                .serviceId(enrolment.serviceId().value())
                .userId(requireNonNull(enrolment.userId()).value())
                .serial(token.serial().value())
                .purpose(open.purpose().value())
                .nonce(open.nonce())
                .expiresAt(open.expiresAt())
                .details(TRANSFER)
                .build();
        SecretSealer sealer = new SecretSealer(TestInstitution.KEYS, TestInstitution.SERVICE_ID, RANDOM);
        String right = Ocra.of(key.suite(), sealer.openSigning(token.serial(), key.secret()))
                .generate(OcraInput.of(signed.challenge(key.suite())));
        return right.substring(0, 7) + (char) ('0' + (right.charAt(7) - '0' + difference) % 10);
    }

    private Outcome<?> mailCode() {
        Outcome<CreatedMailCode> outcome = tokens.createMailCode(TARO, Operation.ISSUE, ADDRESS);
        if (outcome.isAccepted()) {
            mailed = outcome.orElseThrow().code().exposeText();
        }
        return outcome;
    }

    private Outcome<?> provision(String entered, DeviceKey device) {
        UserId userId = tokens.registration(TARO).userId();
        return tokens.provision(userId == null ? "999999999999" : userId.value(), entered, device.publicKey());
    }

    private Confirmation password() {
        return Confirmation.NONE.password(PASSWORD);
    }

    private @Nullable Token token() {
        Enrolment enrolment = store.enrolment();
        if (enrolment == null) {
            return null;
        }
        Pending waiting = enrolment.pending();
        return enrolment.state() == TokenState.ACTIVE || waiting == null ? enrolment.token() : waiting.token();
    }

    private String serial() {
        Enrolment enrolment = store.enrolment();
        Pending waiting = enrolment == null ? null : enrolment.pending();
        return waiting == null || waiting.token() == null
                ? TOKEN.value()
                : waiting.token().serial().value();
    }

    private String code(int stepsLater) {
        Token token = token();
        if (token == null || token.secret() == null) {
            return "12345678";
        }
        SecretSealer sealer = new SecretSealer(TestInstitution.KEYS, TestInstitution.SERVICE_ID, RANDOM);
        return Totp.of((TotpProfile) token.profile(), sealer.open(token.serial(), token.secret()))
                .generate(clock.instant().plus(Duration.ofMinutes(stepsLater)));
    }

    private String wrongCode() {
        String right = code(0);
        return right.substring(0, 7) + (char) ('0' + (right.charAt(7) - '0' + 5) % 10);
    }

    /** The holder's history. */
    public List<RecordedEvent> history() {
        return store.history(TestInstitution.SERVICE_ID, TARO, 0, 1000);
    }

    /** All stored data without random values: serial and user IDs, hashes, sealed bytes. */
    public String stored() {
        Enrolment enrolment = store.enrolment();
        if (enrolment == null) {
            return "nothing";
        }
        Pending waiting = enrolment.pending();
        return enrolment.version() + " " + (enrolment.userId() != null) + " " + described(enrolment.token()) + " | "
                + (waiting == null
                        ? "nothing waits"
                        : waiting.order() + " " + waiting.lapsesAt() + " " + described(waiting.token()))
                + " | " + enrolment.softwareEndedAt() + " " + enrolment.suspension() + " "
                + described(enrolment.credentials()) + " " + described(enrolment.proof()) + " "
                + described(enrolment.requests()) + " "
                + described(enrolment.backupCodes().emergency()) + " "
                + described(enrolment.backupCodes().recovery()) + " "
                + enrolment.backupCodes().failuresSinceAccepted() + "\n"
                + store.history(TestInstitution.SERVICE_ID, TARO, 0, 1000).stream()
                        .map(RecordedEvent::event)
                        .map(event ->
                                event.number() + " " + event.type() + " " + event.purpose() + " " + event.operator())
                        .collect(Collectors.joining("\n"));
    }

    private static String described(@Nullable OpenProof proof) {
        return proof == null ? "no proof" : proof.operation() + " " + proof.serial() + " " + proof.expiresAt();
    }

    private static String described(List<OpenRequest> requests) {
        return requests.stream()
                .map(open -> open.method() + " " + open.purpose() + " " + open.expiresAt())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String described(@Nullable BackupCodeSet set) {
        return set == null
                ? "no codes"
                : set.unused() + " " + set.failures() + " " + set.createdAt() + " " + set.expiresAt();
    }

    private static String described(Credentials factors) {
        return (factors.password() != null) + " " + factors.passwordFailures() + " " + (factors.mailCode() != null)
                + " " + factors.mailCodeFailures();
    }

    private static String described(@Nullable Token token) {
        if (token == null) {
            return "no token";
        }
        Provisioning provisioning = token.provisioning();
        return token.kind() + " " + token.state() + " " + (token.kind() == TokenKind.HARDWARE ? token.serial() : "")
                + (token.secret() != null) + " " + token.codes() + " " + token.failures() + " " + token.suspension()
                + (provisioning == null
                        ? ""
                        : (provisioning.password() != null) + " " + provisioning.failures() + " "
                                + provisioning.device() + " " + provisioning.repeats());
    }
}
