package dev.watchword.otp.jdbc.model;

import static dev.watchword.otp.jdbc.support.Outcomes.refusal;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.Ocra;
import dev.watchword.otp.OcraInput;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.Totp;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.SealedRequest;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.CreatedMailCode;
import dev.watchword.otp.lifecycle.EmergencyCodes;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.RecoveryCodes;
import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SecretText;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.signing.TransactionDetails;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a step of one holder in the model and in the library, in this order, and compares the outcomes. */
final class StepRunner {
    private static final List<DeviceKey> DEVICES = List.of(
            DeviceKey.generate(DeviceKeyType.P256, new SecureRandom()),
            DeviceKey.generate(DeviceKeyType.P256, new SecureRandom()));

    private static final String ADDRESS = "taro@bank.example";
    private static final String OTHER_ADDRESS = "elsewhere@bank.example";
    private static final String ACTIVATION_PASSWORD = "4726";
    private static final int WRONG_CODE = 6;
    private static final int OTHER_DETAILS = 7;
    private static final TransactionDetails OTHER_TRANSFER = TransactionDetails.of("payee", "6660666");

    private final Step step;
    private final LifeBank bank;
    private final Expectations expectations;
    private final Instant now;
    private final Holder holder;
    private final ModelHolder model;
    private final TokenService tokens;

    StepRunner(Step step, LifeBank bank, Expectations expectations, Instant now) {
        this.step = step;
        this.bank = bank;
        this.expectations = expectations;
        this.now = now;
        holder = step.holderName();
        model = bank.model(holder);
        tokens = bank.tokens;
    }

    /** Returns the refusal, or null. */
    @Nullable
    Refusal run() {
        ModelToken used = model.inUse == null ? model.pending.token : model.inUse;
        EnteredFactors factors = StepInput.factors(step.factor(), model);
        Confirmation confirmation = StepInput.confirmation(factors, model);
        String code = code(step.code(), used);
        return switch (step.kind()) {
            case SET_PASSWORD -> setPassword();
            case MAIL_CODE -> mailCode();
            case ISSUE ->
                issue(
                        ModelIssue.mayIssue(model, ADDRESS, factors, now),
                        tokens.issueSoftware(holder, SoftwareRequest.of(ADDRESS, ACTIVATION_PASSWORD), confirmation));
            case ORDER -> check(ModelIssue.order(model, factors, now), tokens.orderHardware(holder, confirmation));
            case RENEW_SOFTWARE ->
                issue(
                        ModelIssue.mayRenew(model, true, factors, code, now),
                        tokens.renewSoftware(
                                holder, SoftwareRequest.of(ADDRESS, ACTIVATION_PASSWORD), confirmation.code(code)));
            case RENEW_HARDWARE ->
                order(
                        ModelIssue.mayRenew(model, false, factors, code, now),
                        tokens.renewHardware(holder, confirmation.code(code)));
            case REPLACE_WITH_SOFTWARE ->
                issue(
                        ModelIssue.replace(model, true, now),
                        bank.desk.replaceWithSoftware(
                                holder,
                                SuspensionReason.LOST,
                                SoftwareRequest.of(ADDRESS, ACTIVATION_PASSWORD),
                                "phoned in"));
            case REPLACE_WITH_HARDWARE ->
                order(
                        ModelIssue.replace(model, true, now),
                        bank.desk.replaceWithHardware(holder, SuspensionReason.BROKEN, "phoned in"));
            case ORDER_SUCCESSOR ->
                order(ModelIssue.replace(model, false, now), bank.desk.orderSuccessor(holder, "expires soon"));
            case OPERATOR_ORDERS ->
                check(ModelIssue.orderByOperator(model, now), bank.desk.orderHardware(holder, "by letter"));
            case ASSIGN -> assign();
            case SEND -> check(ModelDelivery.send(model, now), bank.desk.send(holder));
            case PROVISION -> provision();
            case ACTIVATE_SOFTWARE -> activateSoftware(factors, confirmation);
            case ACTIVATE_HARDWARE -> activateHardware(factors, confirmation);
            case ACTIVATE_CONSECUTIVELY -> activateConsecutively(factors, confirmation);
            case VERIFY -> check(ModelLogin.verify(model, code, now), tokens.verify(holder, code, Purpose.LOGIN));
            case REQUEST_SIGNATURE -> requestSignature();
            case SIGN -> sign();
            case REFUSE_SIGNATURE -> {
                RequestedSignature request = model.signing.request(step.code() % 3);
                RequestId id = ModelSigning.id(request);
                yield check(model.signing.refuse(request, now), tokens.refuse(holder, id));
            }
            case WITHDRAW_SIGNATURE -> {
                RequestedSignature request = model.signing.request(step.code() % 3);
                RequestId id = ModelSigning.id(request);
                yield check(model.signing.withdraw(request, now), bank.desk.withdrawRequest(holder, id, "cancelled"));
            }
            case RESYNCHRONISE -> {
                String next = StepInput.later(step.code(), step.factor() == 0 ? 2 : 1, used, now);
                yield check(ModelLogin.resynchronise(model, code, next, now), tokens.resynchronise(holder, code, next));
            }
            case CANCEL -> check(ModelEnd.cancel(model, factors, now), tokens.cancel(holder, confirmation));
            case REVOKE ->
                check(ModelEnd.revoke(model, factors, code, now), tokens.revoke(holder, confirmation.code(code)));
            case LAPSE -> check(ModelEnd.lapse(model, now), tokens.lapse(holder));
            case SUSPEND ->
                check(
                        ModelSuspension.suspend(model, now),
                        bank.desk.suspend(holder, SuspensionReason.LOST, "phoned in"));
            case RESUME -> check(ModelSuspension.resume(model, now), bank.desk.resume(holder, "found it"));
            case SUSPEND_HOLDER -> suspendHolder();
            case RESUME_HOLDER ->
                check(ModelSuspension.resumeHolder(model, now), bank.desk.resumeHolder(holder, "came to the branch"));
            case OPERATOR_CANCELS -> check(ModelEnd.cancelByOperator(model, now), bank.desk.cancel(holder, "asked to"));
            case OPERATOR_REVOKES -> check(ModelEnd.revokeByOperator(model, now), bank.desk.revoke(holder, "asked to"));
            case ERASE -> check(ModelEnd.erase(model, now), bank.desk.erase(holder));
            case RESET_FACTORS -> check(model.credentials.reset(now), bank.desk.resetFactors(holder, "asked to"));
            case ISSUE_EMERGENCY_CODES -> issueEmergencyCodes();
            case CREATE_RECOVERY_CODES -> createRecoveryCodes(factors, code, confirmation);
            case USE_EMERGENCY_CODE -> {
                String entered = isWrong() ? ModelBackup.WRONG_EMERGENCY : model.backup.emergencyCode(step.code());
                Refusal expected = model.backup.useEmergency(entered, now);
                yield expectations.outcome(
                        expected, tokens.useEmergencyCode(holder, entered), model.backup.emergencyTriesLeft(now));
            }
            case USE_RECOVERY_CODE -> {
                String entered = isWrong() ? ModelBackup.WRONG_RECOVERY : model.backup.recoveryCode(step.code());
                Refusal expected = model.backup.useRecovery(entered, now);
                yield expectations.outcome(
                        expected, tokens.useRecoveryCode(holder, entered), model.backup.recoveryTriesLeft());
            }
            default -> throw new AssertionError(step);
        };
    }

    /** The library draws the request, so the model learns it from the library. */
    private @Nullable Refusal requestSignature() {
        Refusal expected = model.signing.mayRequest(now);
        Outcome<RequestedSignature> outcome =
                tokens.requestSignature(holder, Purpose.FUNDS_TRANSFER, ModelSigning.TRANSFER);
        check(expected, outcome);
        if (expected == null) {
            model.signing.requested(outcome.orElseThrow(), now);
        }
        return expected;
    }

    /** The code 6 is a wrong response, and 7 stands for other details. */
    private @Nullable Refusal sign() {
        RequestedSignature request = model.signing.request(step.code() % 3);
        ModelToken token = model.inUse;
        String right = request == null || token == null || token.app == null
                ? "12345678"
                : token.app.apply(request.sealedRequest().orElseThrow());
        String wrong = right.startsWith("0") ? "11111111" : "00000000";
        TransactionDetails details = step.code() == OTHER_DETAILS ? OTHER_TRANSFER : ModelSigning.TRANSFER;
        Refusal expected = model.signing.confirm(request, details, !isWrong(), now);
        return check(expected, tokens.confirm(holder, ModelSigning.id(request), details, isWrong() ? wrong : right));
    }

    private boolean isWrong() {
        return step.code() == WRONG_CODE;
    }

    /** The library draws the codes, so the model learns them from the library. */
    private @Nullable Refusal issueEmergencyCodes() {
        Refusal expected = model.backup.mayIssueEmergency();
        Outcome<EmergencyCodes> outcome = bank.desk.issueEmergencyCodes(holder, "phoned in");
        check(expected, outcome);
        if (expected == null) {
            model.backup.emergencyIssued(texts(outcome.orElseThrow().codes()), now);
        }
        return expected;
    }

    private @Nullable Refusal createRecoveryCodes(EnteredFactors factors, String code, Confirmation confirmation) {
        Refusal expected = model.backup.mayCreateRecovery(factors, code, now);
        Outcome<RecoveryCodes> outcome = tokens.createRecoveryCodes(holder, confirmation.code(code));
        check(expected, outcome);
        if (expected == null) {
            model.backup.recoveryCreated(texts(outcome.orElseThrow().codes()), now);
        }
        return expected;
    }

    private static List<String> texts(List<SecretText> codes) {
        return codes.stream().map(SecretText::exposeText).toList();
    }

    private @Nullable Refusal check(@Nullable Refusal expected, Outcome<?> outcome) {
        return expectations.outcome(expected, outcome, model.inUse == null ? model.pending.token : model.inUse);
    }

    private String code(int number, @Nullable ModelToken token) {
        return StepInput.code(number, token, now);
    }

    /** An application that keeps the passwords itself cannot set one in the library. */
    private @Nullable Refusal setPassword() {
        if (model.credentials.areKeptByLibrary()) {
            return check(
                    model.credentials.setPassword(StepInput.PASSWORD, now),
                    tokens.setConfirmationPassword(holder, StepInput.PASSWORD));
        }
        assertThrows(IllegalStateException.class, () -> tokens.setConfirmationPassword(holder, StepInput.PASSWORD));
        return null;
    }

    private @Nullable Refusal suspendHolder() {
        ModelSuspension.suspendHolder(model, now);
        return check(null, bank.desk.suspendHolder(holder, SuspensionReason.FRAUD_SUSPECTED, "odd transfers"));
    }

    /** The library draws the mail code, so the model learns it from the library. */
    private @Nullable Refusal mailCode() {
        Operation operation = step.mailedFor();
        String address = step.goesElsewhere() ? OTHER_ADDRESS : ADDRESS;
        Outcome<CreatedMailCode> outcome = tokens.createMailCode(holder, operation, address);
        Refusal refusal = check(model.credentials.mayMakeMailCode(), outcome);
        if (refusal == null) {
            model.credentials.mailCodeMade(outcome.orElseThrow().code().exposeText(), operation, address, now);
        }
        return refusal;
    }

    /** The library draws the serial number, so the model learns it from the library. */
    private @Nullable Refusal issue(@Nullable Refusal expected, Outcome<Issued> outcome) {
        check(expected, outcome);
        if (expected == null) {
            ModelIssue.issued(model, bank.issuedToken(holder), ACTIVATION_PASSWORD, now);
        }
        return expected;
    }

    private @Nullable Refusal order(@Nullable Refusal expected, Outcome<?> outcome) {
        if (expected == null) {
            ModelIssue.ordered(model, now);
        }
        return check(expected, outcome);
    }

    private @Nullable Refusal assign() {
        String serial = bank.serial(step.code() == WRONG_CODE ? -1 : step.code());
        Refusal expected = ModelDelivery.assign(model, bank.stocked(serial), now);
        if (expected == null) {
            bank.assigned(serial);
        }
        return check(expected, bank.desk.assign(holder, serial));
    }

    private @Nullable Refusal provision() {
        UserId userId = tokens.registration(holder).userId();
        DeviceKey device = DEVICES.get(step.code() % 2);
        String entered = step.factor() == 0 ? "9999" : ACTIVATION_PASSWORD;
        if (userId == null) {
            return Refusal.UNKNOWN_HOLDER;
        }
        Refusal expected = ModelActivation.provision(model, entered, step.code() % 2, now);
        Outcome<Provisioned> outcome = tokens.provision(userId.value(), entered, device.publicKey());
        expectations.expect("the outcome", refusal(outcome), expected);
        expectations.expect(
                "that no tries are told",
                outcome.fold(provisioned -> true, refused -> refused.triesLeft().isEmpty()),
                true);
        if (expected == null && model.pending.token != null) {
            TokenContents contents = device.open(
                            outcome.orElseThrow().sealedAnswer(), bank.serviceId.value(), userId.value())
                    .orElseThrow();
            model.pending.token.totp = Totp.of(contents.profile(), contents.secret());
            model.pending.token.app = request -> response(device, contents, request);
        }
        return expected;
    }

    private static String response(DeviceKey device, TokenContents contents, SealedRequest request) {
        OcraSuite suite = contents.signingSuite().orElseThrow();
        SigningRequest opened = device.open(request, contents).orElseThrow();
        return Ocra.of(suite, contents.signingSecret().orElseThrow()).generate(OcraInput.of(opened.challenge(suite)));
    }

    private @Nullable ModelToken toActivate() {
        return model.pending.token == null ? model.inUse : model.pending.token;
    }

    private @Nullable Refusal activateSoftware(EnteredFactors factors, Confirmation confirmation) {
        ModelToken token = toActivate();
        String shown = code(step.code(), token);
        return activated(
                token,
                ModelActivation.activate(model, null, factors, shown, now),
                tokens.activateSoftware(holder, confirmation.code(shown)));
    }

    private @Nullable Refusal activateHardware(EnteredFactors factors, Confirmation confirmation) {
        ModelToken token = toActivate();
        String shown = code(step.code(), token);
        String serial = step.factor() == 0 || token == null ? "29999999" : token.serial;
        return activated(
                token,
                ModelActivation.activate(model, serial, factors, shown, now),
                tokens.activateHardware(holder, serial, confirmation.code(shown)));
    }

    private @Nullable Refusal activateConsecutively(EnteredFactors factors, Confirmation confirmation) {
        ModelToken token = toActivate();
        String shown = code(step.code(), token);
        String next = StepInput.later(step.code(), step.factor() == 1 ? 2 : 1, token, now);
        String serial = step.factor() == 0 || token == null ? "29999999" : token.serial;
        return activated(
                token,
                ModelActivation.activateConsecutively(model, serial, factors, shown, next, now),
                tokens.activateHardware(holder, serial, confirmation.code(shown), next));
    }

    /**
     * A wrong code or serial number counts against the token to activate, so the remaining attempts are those of this
     * token.
     */
    private @Nullable Refusal activated(@Nullable ModelToken token, @Nullable Refusal expected, Outcome<?> outcome) {
        if (expected == Refusal.WRONG_CODE || expected == Refusal.WRONG_SERIAL) {
            return expectations.outcome(expected, outcome, token);
        }
        expectations.expect("the outcome", refusal(outcome), expected);
        return expected;
    }
}
