package dev.watchword.otp.jdbc.model;

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
    final List<EventType> events = new ArrayList<>();

    boolean known;
    boolean hasUserId;

    @Nullable
    ModelToken inUse;

    @Nullable
    Instant softwareRevokedAt;

    ModelHolder(TokenPolicy policy) {
        this.policy = policy;
        pending = new ModelPending(policy.pendingLifetime());
        credentials = new ModelCredentials(this);
    }

    /** Records events, and before them the lapse of the pending part, if it has lapsed. */
    void commit(Instant now, EventType... types) {
        if (pending.hasLapsed(now)) {
            events.add(EventType.LAPSED);
            pending.clear();
        }
        events.addAll(List.of(types));
        known = true;
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

    int driftCap() {
        return policy.codes().driftCap();
    }

    @Nullable
    Refusal mayTakeCode(ModelToken token, Instant now) {
        if (!now.isBefore(token.expiresAt)) {
            return Refusal.EXPIRED;
        }
        if (token.suspended) {
            return Refusal.SUSPENDED;
        }
        return token.isTooSoon(now, policy.lock()) ? Refusal.TOO_SOON : null;
    }

    @Nullable
    Refusal mayUseActive(Instant now) {
        if (!known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        return inUse == null ? Refusal.NOT_ACTIVE : mayTakeCode(inUse, now);
    }

    @Nullable
    Refusal needsPending(Instant now, Refusal otherwise) {
        if (!known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        if (pending.hasLapsed(now)) {
            return Refusal.LAPSED;
        }
        return pending.exists ? null : otherwise;
    }

    RegistrationStatus status(Instant now) {
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
