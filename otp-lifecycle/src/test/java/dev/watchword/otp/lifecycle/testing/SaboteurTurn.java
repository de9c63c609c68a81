package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.Turn;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A turn at a {@link Saboteur}, with its flaw. */
final class SaboteurTurn implements Turn {
    private final Flaw flaw;
    private final Saboteur store;
    private final ServiceId serviceId;
    private final Holder holder;
    private boolean committed;

    SaboteurTurn(Flaw flaw, Saboteur store, ServiceId serviceId, Holder holder) {
        this.flaw = flaw;
        this.store = store;
        this.serviceId = serviceId;
        this.holder = holder;
    }

    @Override
    public Optional<Enrolment> find() {
        if (flaw != Flaw.READS_THE_TOKEN_BEFORE_ITS_TURN) {
            return store.find(serviceId, holder);
        }
        Optional<Enrolment> before = store.find(serviceId, holder);
        LockSupport.parkNanos(Saboteur.NANOS_TO_BE_OVERTAKEN);
        return store.find(serviceId, holder).map(now -> withTokenOf(now, before.orElse(now)));
    }

    private static Enrolment withTokenOf(Enrolment now, Enrolment before) {
        return new Enrolment(
                now.serviceId(),
                now.holder(),
                now.version(),
                now.userId(),
                before.token(),
                now.waiting(),
                now.softwareRevokedAt(),
                now.mailAddress(),
                now.factors(),
                now.eventCount(),
                now.head());
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        committed = true;
        return switch (flaw) {
            case FORGETS_WHAT_A_TURN_COMMITTED -> CommitResult.COMMITTED;
            case FORGETS_CHANGES_IN_A_TURN ->
                store.commit(new EnrolmentChange(
                        UUID.randomUUID(), change.before(), change.after(), change.ended(), change.events()));
            default -> store.commit(change, flaw == Flaw.TRUSTS_ITS_LOCK);
        };
    }

    @Override
    public void close() {
        if (!committed && flaw == Flaw.KEEPS_ITS_LOCK) {
            store.lock(holder);
        }
    }
}
