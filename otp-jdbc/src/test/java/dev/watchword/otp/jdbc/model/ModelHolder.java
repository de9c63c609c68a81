package dev.watchword.otp.jdbc.model;

import static dev.watchword.otp.jdbc.model.Checks.firstOf;
import static dev.watchword.otp.jdbc.model.Checks.refuseIf;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A holder of the naive model. The model is written from the rules and not from the machine. An operation returns its
 * refusal, or null, and adds the expected events to {@link #events}. This class has the state and the checks that several
 * operations share; the operations are in the classes whose names begin with {@code Model}.
 */
final class ModelHolder {
    final TokenPolicy policy;
    final ModelPending pending;
    final ModelCredentials credentials;
    final ModelBackup backup;
    final ModelSigning signing;
    final List<EventType> events = new ArrayList<>();

    boolean known;
    boolean hasUserId;
    boolean suspended;

    @Nullable
    ModelToken inUse;

    /** The latest end of a software token whose secret an app had received. */
    @Nullable
    Instant softwareEndedAt;

    private boolean askedWhenSuspended;

    ModelHolder(TokenPolicy policy) {
        this.policy = policy;
        pending = new ModelPending(policy.pendingLifetime());
        credentials = new ModelCredentials(this);
        backup = new ModelBackup(this);
        signing = new ModelSigning(this);
    }

    /** Records events, and before them the lapse of the pending part, if it has lapsed. */
    void commit(Instant now, EventType... types) {
        if (pending.hasLapsed(now)) {
            events.add(EventType.LAPSED);
            endPending(pending.lapsesAt);
        }
        backup.dropExpired(now);
        signing.dropExpired(now);
        events.addAll(List.of(types));
        known = true;
    }

    /** Ends the pending token or order. */
    void endPending(Instant at) {
        softwareEnds(pending.token, at);
        pending.clear();
    }

    /** Ends the token in use. */
    void endInUse(Instant at) {
        softwareEnds(inUse, at);
        inUse = null;
        int unused = signing.dropAll(at);
    }

    /** Notes the end of a token. Only a software token whose secret an app had received delays the next one. */
    private void softwareEnds(@Nullable ModelToken token, Instant at) {
        boolean counts = token != null && token.software && token.provisionedAt != null;
        if (counts && (softwareEndedAt == null || at.isAfter(softwareEndedAt))) {
            softwareEndedAt = at;
        }
    }

    void suspend() {
        askedWhenSuspended = loginAsksForCode();
        suspended = true;
    }

    void resume() {
        suspended = false;
    }

    boolean loginAsksForCode() {
        return inUse != null || (suspended && askedWhenSuspended);
    }

    /** The tokens that can be suspended, resumed and floored: the one in use, and the pending one if it has not lapsed. */
    List<ModelToken> living(Instant now) {
        List<ModelToken> living = new ArrayList<>();
        if (inUse != null) {
            living.add(inUse);
        }
        if (pending.isLive(now) && pending.token != null) {
            living.add(pending.token);
        }
        return living;
    }

    @Nullable
    Refusal charge(@Nullable Refusal refusal, ModelToken token, Instant now) {
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

    /** The greatest drift in steps that is learned: the cap of the policy, and at most one hour. */
    int driftCap() {
        return Math.min(policy.codes().driftCap(), 60);
    }

    /** Refuses an operation of the holder while the holder is suspended. */
    @Nullable
    Refusal mayAct() {
        return refuseIf(suspended, Refusal.HOLDER_SUSPENDED);
    }

    @Nullable
    Refusal mustBeKnown() {
        return refuseIf(!known, Refusal.UNKNOWN_HOLDER);
    }

    @Nullable
    Refusal mayTakeCode(ModelToken token, Instant now) {
        return firstOf(
                () -> refuseIf(!now.isBefore(token.expiresAt), Refusal.EXPIRED),
                () -> refuseIf(token.suspended, Refusal.SUSPENDED),
                () -> refuseIf(token.isTooSoon(now, policy.lock()), Refusal.TOO_SOON));
    }

    /** Refuses an operation of the holder that takes a code of the token in use. */
    @Nullable
    Refusal mayUseActive(Instant now) {
        return firstOf(
                this::mustBeKnown, this::mayAct, () -> inUse == null ? Refusal.NOT_ACTIVE : mayTakeCode(inUse, now));
    }

    /** Refuses an operation of the holder on the pending token or order. */
    @Nullable
    Refusal mayUsePending(Instant now) {
        return firstOf(this::mustBeKnown, this::mayAct, () -> needsPending(now, Refusal.NOT_ISSUED));
    }

    @Nullable
    Refusal needsPending(Instant now, Refusal otherwise) {
        return firstOf(
                this::mustBeKnown,
                () -> refuseIf(pending.hasLapsed(now), Refusal.LAPSED),
                () -> refuseIf(!pending.exists, otherwise));
    }

    /** Refuses a holder who would end a pending token that an operator suspended. */
    @Nullable
    Refusal mayEndPending(Instant now) {
        ModelToken token = pending.isLive(now) ? pending.token : null;
        return refuseIf(token != null && token.suspendedByOperator, Refusal.SUSPENDED);
    }

    RegistrationStatus status(Instant now) {
        if (suspended) {
            return RegistrationStatus.SUSPENDED;
        }
        if (inUse != null) {
            return inUse.suspended ? RegistrationStatus.SUSPENDED : RegistrationStatus.ACTIVE;
        }
        if (!pending.isLive(now)) {
            return RegistrationStatus.UNREGISTERED;
        }
        return pending.token != null && pending.token.suspended
                ? RegistrationStatus.SUSPENDED
                : RegistrationStatus.ISSUED;
    }
}
