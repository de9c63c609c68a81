package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** The attempts of a {@link Saboteur}. */
final class AttemptSaboteur implements Attempt {
    private final Flaw flaw;
    private final Saboteur store;
    private final ServiceId serviceId;
    private final Holder holder;
    private boolean committed;

    AttemptSaboteur(Flaw flaw, Saboteur store, ServiceId serviceId, Holder holder) {
        this.flaw = flaw;
        this.store = store;
        this.serviceId = serviceId;
        this.holder = holder;
    }

    @Override
    public Optional<Enrolment> find() {
        if (flaw != Flaw.READS_THE_TOKEN_BEFORE_THE_LOCK) {
            return store.find(serviceId, holder);
        }
        Optional<Enrolment> before = store.find(serviceId, holder);
        LockSupport.parkNanos(Saboteur.NANOS_TO_LOSE_A_RACE);
        return store.find(serviceId, holder).map(now -> withTokenOf(now, before.orElse(now)));
    }

    private static Enrolment withTokenOf(Enrolment now, Enrolment before) {
        return now.toBuilder().token(before.token()).build();
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        committed = true;
        return switch (flaw) {
            case ROLLS_A_COMMITTED_ATTEMPT_BACK -> CommitResult.COMMITTED;
            case FORGETS_CHANGES_IN_AN_ATTEMPT ->
                store.commit(EnrolmentChange.builder()
                        .id(UUID.randomUUID())
                        .before(change.before())
                        .after(change.after())
                        .ended(change.ended())
                        .events(change.events())
                        .build());
            default -> store.commit(change, flaw == Flaw.IGNORES_THE_VERSION_IN_AN_ATTEMPT);
        };
    }

    @Override
    public void close() {
        if (!committed && flaw == Flaw.KEEPS_ITS_LOCK) {
            store.lock(holder);
        }
    }
}
