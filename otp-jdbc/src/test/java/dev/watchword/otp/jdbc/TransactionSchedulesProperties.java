package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.HolderProof;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.Proved;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokensInTransaction;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.spi.TransactionStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.InMemoryTransaction;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Random schedules of transactions of the application and of calls of the library, in and outside of them. A naive model counts what
 * was entered: no code is accepted twice, no charge is lost, and a proof has one committed use.
 */
class TransactionSchedulesProperties {
    private static final AtomicInteger HOLDERS = new AtomicInteger();
    private static final int LIMIT = 5;
    private static final Operator OPERATOR = new Operator("helpdesk-7");

    private static final TokenPolicy POLICY = TestInstitution.POLICY
            .withRenewal(RenewalPolicy.builder()
                    .kinds(RenewalPolicy.ALL_KINDS.kinds())
                    .lead(Duration.ofDays(36_525))
                    .build())
            .withLock(
                    LockPolicy.builder().failureLimit(LIMIT).failureCeiling(100).build());

    /** A step of a schedule. */
    enum Step {
        WAIT,
        LONG_WAIT,
        LOGIN,
        SAME_CODE_AGAIN,
        WRONG_LOGIN,
        PROVE_RENEWAL,
        PROVE_RENEWAL_WITH_THE_SAME_CODE,
        PROVE_RENEWAL_WRONGLY,
        PROVE_CANCELLATION,
        BEGIN,
        READ,
        RENEW,
        CANCEL,
        OPERATOR_CANCELS,
        SUSPEND,
        RESUME,
        COMMIT,
        ROLLBACK
    }

    /** A transaction of the application. */
    interface ApplicationTransaction {
        TransactionStore view() throws SQLException;

        void commit() throws SQLException;

        void rollback() throws SQLException;
    }

    /** A store with transactions. */
    interface Stores {
        TokenStore store();

        ApplicationTransaction begin() throws SQLException;

        /** Whether a transaction that changed the holder makes other changes wait until it ends. */
        boolean locks();
    }

    private static final class InMemory implements Stores {
        private final InMemoryTokenStore store = new InMemoryTokenStore();

        @Override
        public TokenStore store() {
            return store;
        }

        @Override
        public ApplicationTransaction begin() {
            InMemoryTransaction transaction = store.transaction();
            return new ApplicationTransaction() {
                @Override
                public TransactionStore view() {
                    return transaction;
                }

                @Override
                public void commit() {
                    transaction.commit();
                }

                @Override
                public void rollback() {
                    transaction.rollback();
                }
            };
        }

        @Override
        public boolean locks() {
            return false;
        }
    }

    private record OnADatabase(DataSource database, JdbcTokenStore store) implements Stores {
        static OnADatabase of(DataSource database) {
            JdbcSchema.apply(database);
            return new OnADatabase(database, JdbcTokenStore.on(database));
        }

        @Override
        public ApplicationTransaction begin() throws SQLException {
            Connection connection = database.getConnection();
            connection.setAutoCommit(false);
            return new ApplicationTransaction() {
                @Override
                public TransactionStore view() {
                    return store.takingPartIn(connection);
                }

                @Override
                public void commit() throws SQLException {
                    connection.commit();
                    end();
                }

                @Override
                public void rollback() throws SQLException {
                    connection.rollback();
                    end();
                }

                private void end() throws SQLException {
                    connection.setAutoCommit(true);
                    connection.close();
                }
            };
        }

        @Override
        public boolean locks() {
            return true;
        }
    }

    /** The stored state, according to the model. The transaction works on a copy. */
    private static final class State {
        int failures;
        boolean suspended;
        boolean pending;
        boolean pendingSuspended;

        @Nullable
        Integer openProof;

        State copy() {
            State copy = new State();
            copy.failures = failures;
            copy.suspended = suspended;
            copy.pending = pending;
            copy.pendingSuspended = pendingSuspended;
            copy.openProof = openProof;
            return copy;
        }
    }

    /** One run: a holder with a token in use, and the model. */
    private static final class Run {
        private final Stores stores;
        private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        private final Institution bank;
        private final Holder holder = new Holder("holder" + HOLDERS.incrementAndGet());
        private final FakePhone phone;
        private final Set<String> accepted = new HashSet<>();
        private final Set<Integer> committedUses = new HashSet<>();
        private State stored = new State();
        private @Nullable State inTransaction;
        private @Nullable ApplicationTransaction transaction;
        private @Nullable TokensInTransaction view;
        private @Nullable Integer usedInTransaction;
        private boolean changedInTransaction;
        private boolean lockedInTransaction;

        /** Whether something changed outside of the transaction after its first change. */
        private boolean changedOutside;

        private @Nullable HolderProof proof;
        private int proofs;
        private boolean ofRenewal;
        private @Nullable Instant expiresAt;

        Run(Stores stores) {
            this.stores = stores;
            bank = TestInstitution.builder(stores.store(), clock).policy(POLICY).build();
            phone = FakePhone.active(bank.tokens(), holder, clock);
        }

        private String codeName() {
            return clock.instant().getEpochSecond() / 60 + "";
        }

        void take(Step step) throws SQLException {
            boolean waits = stores.locks() && lockedInTransaction;
            switch (step) {
                case WAIT -> clock.advance(Duration.ofMinutes(1));
                case LONG_WAIT -> clock.advance(Duration.ofMinutes(6));
                case BEGIN -> begin();
                case COMMIT -> commit();
                case ROLLBACK -> rollback();
                case READ -> read();
                case RENEW, CANCEL -> use(step == Step.RENEW);
                case OPERATOR_CANCELS -> operatorCancels();
                case SUSPEND, RESUME -> operator(step == Step.SUSPEND);
                default -> {
                    if (!waits) {
                        outside(step);
                    }
                }
            }
        }

        private void outside(Step step) {
            switch (step) {
                case LOGIN, SAME_CODE_AGAIN -> right(bank.tokens().verify(holder, phone.code(), Purpose.LOGIN));
                case WRONG_LOGIN -> wrong(bank.tokens().verify(holder, phone.wrongCode(), Purpose.LOGIN));
                case PROVE_RENEWAL, PROVE_RENEWAL_WITH_THE_SAME_CODE -> {
                    if (!stored.pending) {
                        Outcome<Proved> outcome =
                                bank.proofs().forSoftwareRenewal(holder, request(), code(phone.code()));
                        right(outcome);
                        opened(outcome, true);
                    }
                }
                case PROVE_RENEWAL_WRONGLY -> {
                    if (!stored.pending) {
                        wrong(bank.proofs().forSoftwareRenewal(holder, request(), code(phone.wrongCode())));
                    }
                }
                case PROVE_CANCELLATION -> {
                    Outcome<Proved> outcome = bank.proofs().forCancellation(holder, Confirmation.NONE);
                    assertEquals(
                            stored.pending && !stored.pendingSuspended,
                            outcome.isAccepted(),
                            () -> "a cancellation: " + outcome);
                    opened(outcome, false);
                }
                default -> throw new AssertionError(step);
            }
        }

        private static SoftwareRequest request() {
            return SoftwareRequest.of("taro@bank.example", "4726");
        }

        private static Confirmation code(String code) {
            return Confirmation.NONE.code(code);
        }

        /** A right code is accepted once, also after rollbacks. */
        private void right(Outcome<?> outcome) {
            if (stored.suspended) {
                assertRefusal(Refusal.SUSPENDED, outcome);
            } else if (accepted.contains(codeName())) {
                assertRefusal(Refusal.REPLAYED, outcome);
            } else {
                assertEquals(null, refusal(outcome));
                accepted.add(codeName());
                stored.failures = 0;
                changedOutside = true;
            }
        }

        /** A wrong code is charged, also after rollbacks. */
        private void wrong(Outcome<?> outcome) {
            if (stored.suspended) {
                assertRefusal(Refusal.SUSPENDED, outcome);
                return;
            }
            stored.failures++;
            stored.suspended = stored.failures >= LIMIT;
            changedOutside = true;
            assertRefusal(Refusal.WRONG_CODE, outcome);
            assertEquals(
                    LIMIT - stored.failures,
                    outcome.<Integer>fold(
                                    any -> -1, refused -> refused.triesLeft().orElse(-1))
                            .intValue());
        }

        private void opened(Outcome<Proved> outcome, boolean renewal) {
            if (outcome.isAccepted()) {
                Proved proved = outcome.orElseThrow();
                proof = HolderProof.parse(proved.proof().exposeText()).orElseThrow();
                expiresAt = proved.expiresAt();
                ofRenewal = renewal;
                stored.openProof = ++proofs;
                changedOutside = true;
            }
        }

        private void begin() throws SQLException {
            if (transaction == null) {
                transaction = stores.begin();
                view = bank.within(transaction.view());
                inTransaction = stored.copy();
                changedInTransaction = false;
                lockedInTransaction = false;
                usedInTransaction = null;
            }
        }

        /** The state on which a change in the transaction decides. */
        private State decidesOn() {
            State here = inTransaction;
            if (here == null) {
                throw new AssertionError("no transaction");
            }
            lockedInTransaction = true;
            if (!changedInTransaction) {
                here = stored.copy();
                inTransaction = here;
                changedOutside = false;
            }
            return here;
        }

        private void read() {
            if (view != null) {
                State here = changedInTransaction && inTransaction != null ? inTransaction : stored;
                assertEquals(here.pending, view.registration(holder).pending() != null);
            }
        }

        private void use(boolean renewal) {
            if (view == null || proof == null) {
                return;
            }
            State here = decidesOn();
            Outcome<?> outcome = renewal ? view.renewSoftware(holder, request(), proof) : view.cancel(holder, proof);
            boolean open = Integer.valueOf(proofs).equals(here.openProof)
                    && expiresAt != null
                    && clock.instant().isBefore(expiresAt)
                    && ofRenewal == renewal;
            if (renewal && here.suspended) {
                assertRefusal(Refusal.SUSPENDED, outcome);
            } else if (renewal == here.pending) {
                assertRefusal(renewal ? Refusal.TOKEN_EXISTS : Refusal.NOT_ISSUED, outcome);
            } else if (!renewal && here.pendingSuspended) {
                assertRefusal(Refusal.SUSPENDED, outcome);
            } else if (!open) {
                assertRefusal(Refusal.NO_PROOF, outcome);
            } else {
                assertEquals(null, refusal(outcome));
                here.openProof = null;
                here.pending = renewal;
                here.pendingSuspended = false;
                usedInTransaction = proofs;
                changedInTransaction = true;
            }
        }

        /** A cancellation without a proof, after which the holder can renew again. */
        private void operatorCancels() {
            if (view == null) {
                return;
            }
            State here = decidesOn();
            Outcome<Registration> outcome = view.desk(OPERATOR).cancel(holder, "asked to");
            if (!here.pending) {
                assertRefusal(Refusal.NOT_ISSUED, outcome);
                return;
            }
            assertEquals(null, refusal(outcome));
            here.pending = false;
            here.pendingSuspended = false;
            here.openProof = ofRenewal ? here.openProof : null;
            changedInTransaction = true;
        }

        private void operator(boolean suspend) {
            if (view == null) {
                return;
            }
            State here = decidesOn();
            Outcome<Registration> outcome = suspend
                    ? view.desk(OPERATOR).suspend(holder, SuspensionReason.LOST, "phoned in")
                    : view.desk(OPERATOR).resume(holder, "found it");
            if (suspend) {
                assertEquals(null, refusal(outcome));
                here.suspended = true;
                here.pendingSuspended = here.pending;
                here.openProof = null;
            } else if (here.suspended || here.pendingSuspended) {
                assertEquals(null, refusal(outcome));
                here.failures = here.suspended ? 0 : here.failures;
                here.suspended = false;
                here.pendingSuspended = false;
            } else {
                assertRefusal(Refusal.NOT_SUSPENDED, outcome);
                return;
            }
            changedInTransaction = true;
        }

        private void commit() throws SQLException {
            if (transaction == null) {
                return;
            }
            boolean loses = changedInTransaction && changedOutside && !stores.locks();
            try {
                transaction.commit();
                assertEquals(false, loses, "a commit must lose the race");
                if (changedInTransaction && inTransaction != null) {
                    stored = inTransaction;
                    if (usedInTransaction != null) {
                        assertEquals(true, committedUses.add(usedInTransaction), "a second committed use of a proof");
                    }
                }
            } catch (LostRaceException e) {
                assertEquals(true, loses, "a commit must not lose a race");
            }
            end();
        }

        private void rollback() throws SQLException {
            if (transaction != null) {
                transaction.rollback();
                end();
            }
        }

        private void end() {
            transaction = null;
            view = null;
            inTransaction = null;
            changedInTransaction = false;
            lockedInTransaction = false;
        }

        void run(List<Step> steps) throws SQLException {
            try {
                for (Step step : steps) {
                    take(step);
                }
            } finally {
                rollback();
            }
            assertEquals(true, bank.histories().verify(holder).isIntact());
            if (!stored.suspended) {
                clock.advance(Duration.ofMinutes(1));
                assertEquals(null, refusal(bank.tokens().verify(holder, phone.code(), Purpose.LOGIN)));
            }
        }

        private static void assertRefusal(Refusal expected, Outcome<?> outcome) {
            assertEquals(expected, refusal(outcome));
        }

        private static @Nullable Refusal refusal(Outcome<?> outcome) {
            return outcome.<@Nullable Refusal>fold(accepted -> null, refused -> refused.refusal());
        }
    }

    @Provide
    Arbitrary<List<Step>> schedules() {
        return Arbitraries.frequency(
                        Tuple.of(6, Step.WAIT),
                        Tuple.of(1, Step.LONG_WAIT),
                        Tuple.of(4, Step.LOGIN),
                        Tuple.of(3, Step.SAME_CODE_AGAIN),
                        Tuple.of(4, Step.WRONG_LOGIN),
                        Tuple.of(7, Step.PROVE_RENEWAL),
                        Tuple.of(2, Step.PROVE_RENEWAL_WITH_THE_SAME_CODE),
                        Tuple.of(3, Step.PROVE_RENEWAL_WRONGLY),
                        Tuple.of(4, Step.PROVE_CANCELLATION),
                        Tuple.of(9, Step.BEGIN),
                        Tuple.of(2, Step.READ),
                        Tuple.of(8, Step.RENEW),
                        Tuple.of(5, Step.CANCEL),
                        Tuple.of(4, Step.OPERATOR_CANCELS),
                        Tuple.of(1, Step.SUSPEND),
                        Tuple.of(3, Step.RESUME),
                        Tuple.of(6, Step.COMMIT),
                        Tuple.of(5, Step.ROLLBACK))
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Property(tries = 2_000)
    @Tag("R1.2")
    @Tag("R2.2")
    @Tag("R15.2")
    void noCodeIsAcceptedTwiceAndNoChargeIsLost(@ForAll("schedules") List<Step> schedule) throws SQLException {
        new Run(new InMemory()).run(schedule);
    }

    private static final Stores H2 = OnADatabase.of(EmptyDatabase.of(Product.H2));

    @Property(tries = 100)
    @Tag("R1.2")
    @Tag("R2.2")
    @Tag("R15.2")
    void theSameOnH2(@ForAll("schedules") List<Step> schedule) throws SQLException {
        new Run(H2).run(schedule);
    }

    /** Started with the first schedule. */
    private static final class Postgresql {
        static final Stores STORES = OnADatabase.of(EmptyDatabase.of(Product.POSTGRESQL));
    }

    @Property(tries = 60)
    @Tag("R1.2")
    @Tag("R2.2")
    @Tag("R15.2")
    void theSameOnPostgresql(@ForAll("schedules") List<Step> schedule) throws SQLException {
        new Run(Postgresql.STORES).run(schedule);
    }
}
