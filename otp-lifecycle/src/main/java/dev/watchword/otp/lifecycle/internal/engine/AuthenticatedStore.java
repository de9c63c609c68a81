package dev.watchword.otp.lifecycle.internal.engine;

import dev.watchword.otp.lifecycle.internal.sealing.RowAuthenticator;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.ReencryptedEnrolment;
import dev.watchword.otp.lifecycle.spi.ReencryptionStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The application's store, with authenticated rows (R10.5). It verifies every enrolment that it reads, and computes the
 * authentication code of every enrolment that it stores. No other class of the library reads enrolments from a store.
 *
 * <p>Lists and counts of the store are not authenticated. No operation decides on one.
 */
public final class AuthenticatedStore implements TokenStore {
    private final TokenStore store;
    private final RowAuthenticator rows;

    public AuthenticatedStore(TokenStore store, KeySource keys) {
        this.store = store;
        rows = new RowAuthenticator(keys);
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return verified(store.find(serviceId, holder), serviceId, holder);
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
        Optional<Enrolment> found = store.find(serviceId, userId);
        found.ifPresent(enrolment -> {
            requireSame("service ID", enrolment.serviceId(), serviceId);
            requireSame("user ID", enrolment.userId(), userId);
            rows.verify(enrolment);
        });
        return found;
    }

    private Optional<Enrolment> verified(Optional<Enrolment> found, ServiceId serviceId, Holder holder) {
        found.ifPresent(enrolment -> {
            requireSame("service ID", enrolment.serviceId(), serviceId);
            requireSame("holder", enrolment.holder(), holder);
            rows.verify(enrolment);
        });
        return found;
    }

    private static void requireSame(String what, @Nullable Object found, Object wanted) {
        if (!wanted.equals(found)) {
            throw new IntegrityException(
                    "The store returned the enrolment of another " + what + " than " + wanted
                            + ": a row was altered or moved. Investigate, then restore the rows from a backup",
                    null);
        }
    }

    @Override
    public boolean isTaken(ServiceId serviceId, SerialNumber serial) {
        return store.isTaken(serviceId, serial);
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        return store.commit(authenticated(change));
    }

    private EnrolmentChange authenticated(EnrolmentChange change) {
        return change.authenticated(rows.compute(change.after()));
    }

    @Override
    public Attempt attempt(ServiceId serviceId, Holder holder) {
        Attempt attempt = store.attempt(serviceId, holder);
        return new Attempt() {
            @Override
            public Optional<Enrolment> find() {
                return verified(attempt.find(), serviceId, holder);
            }

            @Override
            public CommitResult commit(EnrolmentChange change) {
                return attempt.commit(authenticated(change));
            }

            @Override
            public void close() {
                attempt.close();
            }
        };
    }

    @Override
    public List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
        return store.holders(serviceId, after, limit);
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        return store.history(serviceId, holder, after, limit);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        Optional<C> part = store.capability(type);
        return type == ReencryptionStore.class
                ? part.map(found -> type.cast(new AuthenticatedReencryption((ReencryptionStore) found)))
                : part;
    }

    /** The re-encryption part, which stores enrolments. */
    private final class AuthenticatedReencryption implements ReencryptionStore {
        private final ReencryptionStore part;

        AuthenticatedReencryption(ReencryptionStore part) {
            this.part = part;
        }

        @Override
        public int reencrypt(List<ReencryptedEnrolment> enrolments) {
            return part.reencrypt(enrolments.stream()
                    .map(enrolment -> enrolment.authenticated(rows.compute(enrolment.after())))
                    .toList());
        }

        @Override
        public List<StockedToken> stockPage(ServiceId serviceId, @Nullable SerialNumber after, int limit) {
            return part.stockPage(serviceId, after, limit);
        }

        @Override
        public int reencryptStock(ServiceId serviceId, List<StockedToken> before, List<StockedToken> after) {
            return part.reencryptStock(serviceId, before, after);
        }
    }
}
