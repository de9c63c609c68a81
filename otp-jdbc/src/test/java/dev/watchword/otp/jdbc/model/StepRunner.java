package dev.watchword.otp.jdbc.model;

import static dev.watchword.otp.jdbc.support.Outcomes.refusal;

import dev.watchword.otp.Totp;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.CreatedMailCode;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.UserId;
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
    private static final String ACTIVATION_PASSWORD = "4726";
    private static final int WRONG_CODE = 6;

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
        Confirmation confirmation = StepInput.confirmation(factors);
        String code = code(step.code(), used);
        return switch (step.kind()) {
            case SET_PASSWORD ->
                check(
                        model.credentials.setPassword(StepInput.PASSWORD, now),
                        tokens.setConfirmationPassword(holder, StepInput.PASSWORD));
            case MAIL_CODE -> mailCode();
            case ISSUE ->
                issue(
                        ModelIssue.mayIssue(model, ADDRESS, factors, now),
                        tokens.issueSoftware(holder, SoftwareRequest.of(ADDRESS, ACTIVATION_PASSWORD), confirmation),
                        false);
            case ORDER -> check(ModelIssue.order(model, factors, now), tokens.orderHardware(holder, confirmation));
            case RENEW_SOFTWARE ->
                issue(
                        ModelIssue.mayRenew(model, true, factors, code, now),
                        tokens.renewSoftware(
                                holder, SoftwareRequest.of(ADDRESS, ACTIVATION_PASSWORD), confirmation.code(code)),
                        true);
            case RENEW_HARDWARE -> renewHardware(factors, confirmation, code);
            case ASSIGN -> assign();
            case SEND -> check(ModelDelivery.send(model, now), bank.desk.send(holder));
            case PROVISION -> provision();
            case ACTIVATE_SOFTWARE -> activateSoftware();
            case ACTIVATE_HARDWARE -> activateHardware();
            case VERIFY -> check(ModelLogin.verify(model, code, now), tokens.verify(holder, code, Purpose.LOGIN));
            case RESYNCHRONISE -> {
                String next = code(step.code() + (step.factor() == 0 ? 1 : 2), used);
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
            case OPERATOR_CANCELS -> check(ModelEnd.cancelByOperator(model, now), bank.desk.cancel(holder, "asked to"));
            case OPERATOR_REVOKES -> check(ModelEnd.revokeByOperator(model, now), bank.desk.revoke(holder, "asked to"));
            case ERASE -> check(ModelEnd.erase(model, now), bank.desk.erase(holder));
            case RESET_FACTORS -> check(model.credentials.reset(now), bank.desk.resetFactors(holder, "asked to"));
            case WAIT, STOCK, PHONE, HARDWARE, NEXT_HARDWARE, GUESSES -> throw new AssertionError(step);
        };
    }

    private @Nullable Refusal check(@Nullable Refusal expected, Outcome<?> outcome) {
        return expectations.outcome(expected, outcome, model);
    }

    private String code(int number, @Nullable ModelToken token) {
        return StepInput.code(number, token, now);
    }

    /** The library draws the mail code, so the model learns it from the library. */
    private @Nullable Refusal mailCode() {
        Operation operation = step.factor() == 0 ? Operation.ORDER : Operation.ISSUE;
        Outcome<CreatedMailCode> outcome = tokens.createMailCode(holder, operation, ADDRESS);
        Refusal refusal = check(model.credentials.mailCodesAreLocked() ? Refusal.MAIL_CODE_LOCKED : null, outcome);
        if (refusal == null) {
            model.credentials.mailCodeMade(outcome.orElseThrow().code().exposeText(), operation, ADDRESS, now);
        }
        return refusal;
    }

    /** The library draws the serial number, so the model learns it from the library. */
    private @Nullable Refusal issue(@Nullable Refusal expected, Outcome<Issued> outcome, boolean renewal) {
        check(expected, outcome);
        if (expected == null) {
            ModelIssue.issued(model, bank.issuedToken(holder), ACTIVATION_PASSWORD, renewal, now);
        }
        return expected;
    }

    private @Nullable Refusal renewHardware(EnteredFactors factors, Confirmation confirmation, String code) {
        Refusal refusal = ModelIssue.mayRenew(model, false, factors, code, now);
        if (refusal == null) {
            ModelIssue.successorOrdered(model, now);
        }
        return check(refusal, tokens.renewHardware(holder, confirmation.code(code)));
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
        }
        return expected;
    }

    private @Nullable ModelToken toActivate() {
        return model.pending.token == null ? model.inUse : model.pending.token;
    }

    private @Nullable Refusal activateSoftware() {
        String shown = code(step.code(), toActivate());
        return check(
                ModelActivation.activate(model, null, shown, now),
                tokens.activateSoftware(holder, Confirmation.NONE.code(shown)));
    }

    private @Nullable Refusal activateHardware() {
        ModelToken token = toActivate();
        String shown = code(step.code(), token);
        String serial = step.factor() == 0 || token == null ? "29999999" : token.serial;
        return check(
                ModelActivation.activate(model, serial, shown, now),
                tokens.activateHardware(holder, serial, Confirmation.NONE.code(shown)));
    }
}
