package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.EventType;
import dev.watchword.otp.lifecycle.Factor;
import dev.watchword.otp.lifecycle.Operation;
import dev.watchword.otp.lifecycle.OrderState;
import dev.watchword.otp.lifecycle.Refusal;
import dev.watchword.otp.lifecycle.RegistrationStatus;
import dev.watchword.otp.lifecycle.TokenKind;
import dev.watchword.otp.lifecycle.TokenPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A holder of the naive model: what the rules say becomes of each request. Written from the rules and not from the
 * machine. Each operation returns the refusal, or null; and leaves the expected events in {@link #events}.
 */
final class ModelHolder {
    private final TokenPolicy policy;

    boolean known;
    boolean numbered;

    @Nullable
    ModelToken inUse;

    boolean waits;
    boolean ordered;

    @Nullable
    OrderState order;

    @Nullable
    ModelToken waiting;

    Instant lapsesAt = Instant.MAX;

    @Nullable
    Instant softwareRevokedAt;

    @Nullable
    String password;

    int wrongPasswords;

    @Nullable
    String mailCode;

    @Nullable
    Operation mailFor;

    String mailTo = "";
    Instant mailUntil = Instant.MIN;
    int wrongMailCodes;

    final List<EventType> events = new ArrayList<>();

    ModelHolder(TokenPolicy policy) {
        this.policy = policy;
    }

    /** The factors that somebody entered; null for none. */
    record Factors(@Nullable String password, @Nullable String mailCode) {}

    boolean hasLapsed(Instant now) {
        return waits && !now.isBefore(lapsesAt);
    }

    private boolean reallyWaits(Instant now) {
        return waits && !hasLapsed(now);
    }

    /** What is recorded, and before it that something lapsed, if it did. */
    private void commit(Instant now, EventType... types) {
        if (hasLapsed(now)) {
            events.add(EventType.LAPSED);
            clearWaiting();
        }
        events.addAll(List.of(types));
        known = true;
    }

    private void clearWaiting() {
        waits = false;
        ordered = false;
        order = null;
        waiting = null;
        lapsesAt = Instant.MAX;
    }

    private void waitFor(@Nullable OrderState state, @Nullable ModelToken token, Instant from) {
        waits = true;
        ordered = state != null;
        order = state;
        waiting = token;
        lapsesAt = from.plus(policy.waitingTime());
    }

    private @Nullable Refusal charge(@Nullable Refusal refusal, ModelToken token, Instant now) {
        if (refusal == Refusal.WRONG_CODE) {
            boolean before = token.suspended;
            token.chargeWrong(now, policy.lock());
            commit(now, EventType.WRONG_CODE);
            if (token.suspended && !before) {
                events.add(EventType.SUSPENDED);
            }
        }
        return refusal;
    }

    private @Nullable Refusal mayTakeCode(ModelToken token, Instant now) {
        if (!now.isBefore(token.expiresAt)) {
            return Refusal.EXPIRED;
        }
        if (token.suspended) {
            return Refusal.SUSPENDED;
        }
        return token.isTooSoon(now, policy.lock()) ? Refusal.TOO_SOON : null;
    }

    private @Nullable Refusal mayUseActive(Instant now) {
        if (!known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        return inUse == null ? Refusal.NOT_ACTIVE : mayTakeCode(inUse, now);
    }

    private @Nullable Refusal needsWaiting(Instant now, Refusal otherwise) {
        if (!known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        if (hasLapsed(now)) {
            return Refusal.LAPSED;
        }
        return waits ? null : otherwise;
    }

    @Nullable
    Refusal verify(String code, Instant now) {
        Refusal refusal = mayUseActive(now);
        if (refusal != null || inUse == null) {
            return refusal;
        }
        refusal = charge(inUse.judge(code, now, 1, cap()), inUse, now);
        if (refusal == null) {
            commit(now, EventType.CODE_ACCEPTED);
        }
        return refusal;
    }

    @Nullable
    Refusal resynchronise(String first, String second, Instant now) {
        Refusal refusal = mayUseActive(now);
        if (refusal != null || inUse == null) {
            return refusal;
        }
        int range = policy.codes().resynchronisationRange();
        refusal = charge(inUse.judgeTwo(first, second, now, range, cap()), inUse, now);
        if (refusal == null) {
            commit(now, EventType.RESYNCHRONISED);
        }
        return refusal;
    }

    private int cap() {
        return policy.codes().driftCap();
    }

    /** Whether the factors can be tried at all. */
    private @Nullable Refusal mayConfirm(Operation operation, Instant now) {
        Set<Factor> needed = policy.confirmation().factorsOf(operation);
        if (needed.contains(Factor.PASSWORD) && password == null) {
            return Refusal.NO_PASSWORD;
        }
        if (needed.contains(Factor.PASSWORD)
                && wrongPasswords >= policy.confirmation().passwordTries()) {
            return Refusal.PASSWORD_LOCKED;
        }
        if (needed.contains(Factor.MAIL_CODE) && mailCodesAreLocked()) {
            return Refusal.MAIL_CODE_LOCKED;
        }
        boolean usable = mailCode != null && mailFor == operation && now.isBefore(mailUntil);
        return needed.contains(Factor.MAIL_CODE) && !usable ? Refusal.NO_MAIL_CODE : null;
    }

    /** Looks at all factors; consumes them all, or charges those that failed. */
    private @Nullable Refusal confirm(
            Operation operation, Factors entered, @Nullable ModelToken token, String code, int reach, Instant now) {
        Set<Factor> needed = policy.confirmation().factorsOf(operation);
        boolean wantsPassword = needed.contains(Factor.PASSWORD);
        boolean wantsMail = needed.contains(Factor.MAIL_CODE);
        if ((wantsPassword && entered.password == null) || (wantsMail && entered.mailCode == null)) {
            return Refusal.FACTOR_MISSING;
        }
        boolean passwordFails = wantsPassword && !String.valueOf(password).equals(entered.password);
        boolean mailFails = wantsMail && !String.valueOf(mailCode).equals(entered.mailCode);
        Refusal ofCode = null;
        if (token != null) {
            ModelToken tried = passwordFails || mailFails ? copyOf(token) : token;
            ofCode = tried.judge(code, now, reach, cap());
            charge(ofCode, token, now);
        }
        if (ofCode == null && !passwordFails && !mailFails) {
            wrongPasswords = wantsPassword ? 0 : wrongPasswords;
            if (wantsMail) {
                mailCode = null;
                wrongMailCodes = 0;
            }
            return null;
        }
        if (mailFails) {
            wrongMailCodes++;
            commit(now, EventType.WRONG_MAIL_CODE);
        }
        if (passwordFails) {
            wrongPasswords++;
            commit(now, EventType.WRONG_PASSWORD);
        }
        return passwordFails ? Refusal.WRONG_PASSWORD : mailFails ? Refusal.WRONG_MAIL_CODE : ofCode;
    }

    /** A right code is not spent where another factor fails, so it is tried on a copy. */
    private static ModelToken copyOf(ModelToken token) {
        ModelToken copy = new ModelToken(token.software, token.serial, token.totp, token.expiresAt);
        copy.highestSpent = token.highestSpent;
        copy.drift = token.drift;
        return copy;
    }

    @Nullable
    Refusal setPassword(String entered, Instant now) {
        if (!entered.matches("[A-Za-z0-9]{6,12}")) {
            return Refusal.MALFORMED;
        }
        password = entered;
        wrongPasswords = 0;
        commit(now, EventType.PASSWORD_SET);
        return null;
    }

    boolean mailCodesAreLocked() {
        return wrongMailCodes >= policy.confirmation().mailCodeTries();
    }

    void mailCodeMade(String code, Operation operation, String address, Instant now) {
        mailCode = code;
        mailFor = operation;
        mailTo = address;
        mailUntil = now.plus(policy.confirmation().mailCodeLifetime());
        commit(now, EventType.MAIL_CODE_MADE);
    }

    private @Nullable Refusal mayBegin(Instant now) {
        return inUse != null || reallyWaits(now) ? Refusal.TOKEN_EXISTS : null;
    }

    @Nullable
    Refusal mayIssue(String address, Factors entered, Instant now) {
        Refusal refusal = mayBegin(now);
        refusal = refusal == null ? mayConfirm(Operation.ISSUE, now) : refusal;
        boolean elsewhere =
                policy.confirmation().factorsOf(Operation.ISSUE).contains(Factor.MAIL_CODE) && !mailTo.equals(address);
        refusal = refusal == null && elsewhere ? Refusal.NO_MAIL_CODE : refusal;
        return refusal == null ? confirm(Operation.ISSUE, entered, null, "", 0, now) : refusal;
    }

    void issued(ModelToken token, String activationPassword, boolean renewal, Instant now) {
        Instant opensAt = now;
        if (!renewal && softwareRevokedAt != null && policy.software().fromNextDay()) {
            Instant nextDay = softwareRevokedAt
                    .atZone(policy.zone())
                    .toLocalDate()
                    .plusDays(1)
                    .atStartOfDay(policy.zone())
                    .toInstant();
            opensAt = nextDay.isAfter(now) ? nextDay : now;
        }
        commit(now, EventType.ISSUED);
        token.activationPassword = activationPassword;
        token.opensAt = opensAt;
        numbered = true;
        waitFor(null, token, opensAt);
    }

    @Nullable
    Refusal order(Factors entered, Instant now) {
        Refusal refusal = mayBegin(now);
        refusal = refusal == null ? mayConfirm(Operation.ORDER, now) : refusal;
        refusal = refusal == null ? confirm(Operation.ORDER, entered, null, "", 0, now) : refusal;
        if (refusal == null) {
            commit(now, EventType.ORDERED);
            numbered = true;
            waitFor(OrderState.PLACED, null, now);
        }
        return refusal;
    }

    @Nullable
    Refusal mayRenew(boolean software, Factors entered, String code, Instant now) {
        Refusal refusal = mayUseActive(now);
        if (refusal != null || inUse == null) {
            return refusal;
        }
        if (reallyWaits(now)) {
            return Refusal.TOKEN_EXISTS;
        }
        TokenKind kind = inUse.software ? TokenKind.SOFTWARE : TokenKind.HARDWARE;
        if (!policy.renewal().kinds().contains(kind)) {
            return Refusal.NOT_RENEWABLE;
        }
        if (now.isBefore(inUse.expiresAt.minus(Duration.ofDays(90)))) {
            return Refusal.TOO_EARLY;
        }
        refusal = mayConfirm(Operation.RENEW, now);
        if (refusal == null && inUse.software != software) {
            return Refusal.NOT_RENEWABLE;
        }
        return refusal == null ? confirm(Operation.RENEW, entered, inUse, code, 1, now) : refusal;
    }

    void successorOrdered(Instant now) {
        commit(now, EventType.ORDERED);
        waitFor(OrderState.PLACED, null, now);
    }

    @Nullable
    Refusal assign(@Nullable ModelToken fob, Instant now) {
        Refusal refusal = needsWaiting(now, Refusal.NO_ORDER);
        if (refusal != null || order != OrderState.PLACED) {
            return refusal == null ? Refusal.NO_ORDER : refusal;
        }
        if (fob == null || !now.isBefore(fob.expiresAt)) {
            return Refusal.NOT_IN_STOCK;
        }
        commit(now, EventType.ASSIGNED);
        waitFor(OrderState.ASSIGNED, fob, now);
        return null;
    }

    @Nullable
    Refusal send(Instant now) {
        Refusal refusal = needsWaiting(now, Refusal.NO_ORDER);
        if (refusal != null || order != OrderState.ASSIGNED) {
            return refusal == null ? Refusal.NO_ORDER : refusal;
        }
        commit(now, EventType.SENT);
        waitFor(OrderState.SENT, waiting, now);
        return null;
    }

    @Nullable
    Refusal provision(String entered, int device, Instant now) {
        Refusal refusal = needsWaiting(now, Refusal.NOT_ISSUED);
        if (refusal != null) {
            return refusal;
        }
        ModelToken token = waiting;
        if (ordered || token == null) {
            return Refusal.NOT_ISSUED;
        }
        if (!now.isBefore(token.expiresAt)) {
            return Refusal.EXPIRED;
        }
        if (token.suspended) {
            return Refusal.SUSPENDED;
        }
        if (token.provisionedAt != null) {
            boolean again = device == token.device
                    && now.isBefore(token.provisionedAt.plus(policy.software().grace()));
            if (again) {
                commit(now, EventType.PROVISIONED_AGAIN);
            }
            return again ? null : Refusal.ALREADY_PROVISIONED;
        }
        if (now.isBefore(token.opensAt)) {
            return Refusal.TOO_EARLY;
        }
        boolean dead = token.wrongPasswords >= policy.software().passwordTries()
                || !now.isBefore(token.opensAt.plus(policy.software().passwordLifetime()));
        if (dead) {
            return Refusal.ACTIVATION_PASSWORD_DEAD;
        }
        if (!entered.equals(token.activationPassword)) {
            token.wrongPasswords++;
            commit(now, EventType.WRONG_ACTIVATION_PASSWORD);
            return Refusal.WRONG_ACTIVATION_PASSWORD;
        }
        token.provisionedAt = now;
        token.device = device;
        commit(now, EventType.PROVISIONED);
        return null;
    }

    /** With a serial number, or null where none is asked for. */
    @Nullable
    Refusal activate(@Nullable String serial, String code, Instant now) {
        Refusal refusal = needsWaiting(now, Refusal.NOT_ISSUED);
        if (refusal != null) {
            return refusal;
        }
        ModelToken token = waiting;
        if (token == null || (ordered && order != OrderState.SENT)) {
            return Refusal.NOT_SENT;
        }
        if (!ordered && token.provisionedAt == null) {
            return Refusal.NOT_PROVISIONED;
        }
        refusal = mayTakeCode(token, now);
        refusal = refusal == null ? mayConfirm(Operation.ACTIVATE, now) : refusal;
        if (refusal != null) {
            return refusal;
        }
        if (!code.matches("[0-9]{8}")) {
            return Refusal.MALFORMED;
        }
        if (ordered && serial == null) {
            return Refusal.SERIAL_REQUIRED;
        }
        if (serial != null && !serial.equals(token.serial)) {
            charge(Refusal.WRONG_CODE, token, now);
            events.set(events.indexOf(EventType.WRONG_CODE), EventType.WRONG_SERIAL);
            return Refusal.WRONG_SERIAL;
        }
        int reach = ordered ? policy.codes().activationWindow().past() : 1;
        refusal = confirm(Operation.ACTIVATE, new Factors(null, null), token, code, reach, now);
        if (refusal == null) {
            commit(now, EventType.ACTIVATED);
            if (inUse != null) {
                events.add(EventType.SUPERSEDED);
            }
            inUse = token;
            clearWaiting();
        }
        return refusal;
    }

    @Nullable
    Refusal cancel(Factors entered, Instant now) {
        Refusal refusal = needsWaiting(now, Refusal.NOT_ISSUED);
        refusal = refusal == null ? mayConfirm(Operation.CANCEL, now) : refusal;
        refusal = refusal == null ? confirm(Operation.CANCEL, entered, null, "", 0, now) : refusal;
        if (refusal == null) {
            commit(now, EventType.CANCELLED);
            clearWaiting();
        }
        return refusal;
    }

    @Nullable
    Refusal cancelByOperator(Instant now) {
        Refusal refusal = needsWaiting(now, Refusal.NOT_ISSUED);
        if (refusal == null) {
            commit(now, EventType.CANCELLED);
            clearWaiting();
        }
        return refusal;
    }

    @Nullable
    Refusal revoke(Factors entered, String code, Instant now) {
        Refusal refusal = mayUseActive(now);
        refusal = refusal == null ? mayConfirm(Operation.REVOKE, now) : refusal;
        refusal = refusal == null ? confirm(Operation.REVOKE, entered, inUse, code, 1, now) : refusal;
        if (refusal == null) {
            commit(now);
            if (waits) {
                events.add(EventType.CANCELLED);
            }
            end(now);
        }
        return refusal;
    }

    private void end(Instant now) {
        if (inUse != null) {
            events.add(EventType.REVOKED);
            softwareRevokedAt = inUse.software ? now : softwareRevokedAt;
        }
        inUse = null;
        clearWaiting();
    }

    @Nullable
    Refusal revokeByOperator(Instant now) {
        if (!known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        if (inUse == null && !reallyWaits(now)) {
            return Refusal.NO_TOKEN;
        }
        commit(now);
        if (waits) {
            events.add(inUse == null ? EventType.REVOKED : EventType.CANCELLED);
        }
        end(now);
        return null;
    }

    private List<ModelToken> living(Instant now) {
        List<ModelToken> living = new ArrayList<>();
        if (inUse != null) {
            living.add(inUse);
        }
        if (reallyWaits(now) && waiting != null) {
            living.add(waiting);
        }
        return living;
    }

    @Nullable
    Refusal suspend(Instant now) {
        if (!known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        List<ModelToken> living = living(now);
        if (living.isEmpty()) {
            return Refusal.NO_TOKEN;
        }
        commit(now);
        for (ModelToken token : living) {
            token.suspended = true;
            events.add(EventType.SUSPENDED);
        }
        return null;
    }

    @Nullable
    Refusal resume(Instant now) {
        if (!known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        Refusal refusal = Refusal.NOT_SUSPENDED;
        List<ModelToken> resumable = new ArrayList<>();
        for (ModelToken token : living(now)) {
            boolean ended = token.wrongSinceRight >= policy.lock().failureCeiling();
            if (token.suspended && ended) {
                refusal = Refusal.CEILING_REACHED;
            } else if (token.suspended) {
                resumable.add(token);
            }
        }
        if (resumable.isEmpty()) {
            return refusal;
        }
        commit(now);
        for (ModelToken token : resumable) {
            token.suspended = false;
            token.wrongInARow = 0;
            events.add(EventType.RESUMED);
        }
        return null;
    }

    @Nullable
    Refusal lapse(Instant now) {
        if (!hasLapsed(now)) {
            return Refusal.NOT_ISSUED;
        }
        commit(now);
        return null;
    }

    @Nullable
    Refusal resetFactors(Instant now) {
        if (!known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        wrongPasswords = 0;
        wrongMailCodes = 0;
        mailCode = null;
        commit(now, EventType.FACTORS_RESET);
        return null;
    }

    @Nullable
    Refusal erase(Instant now) {
        if (!known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        if (inUse != null || reallyWaits(now)) {
            return Refusal.TOKEN_EXISTS;
        }
        password = null;
        wrongPasswords = 0;
        wrongMailCodes = 0;
        mailCode = null;
        commit(now, EventType.ERASED);
        return null;
    }

    RegistrationStatus status(Instant now) {
        if (inUse != null) {
            return inUse.suspended ? RegistrationStatus.SUSPENDED : RegistrationStatus.ACTIVE;
        }
        if (!reallyWaits(now)) {
            return RegistrationStatus.UNREGISTERED;
        }
        return waiting != null && waiting.suspended ? RegistrationStatus.SUSPENDED : RegistrationStatus.ISSUED;
    }
}
