package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.KeyCheck;
import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenCount;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import dev.watchword.otp.lifecycle.spi.ArchiveStore;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.DeviceStore;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.spi.KeyCheckStore;
import dev.watchword.otp.lifecycle.spi.ListStore;
import dev.watchword.otp.lifecycle.spi.ReencryptedEnrolment;
import dev.watchword.otp.lifecycle.spi.ReencryptionStore;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.spi.TransactionStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A token store on an SQLite, PostgreSQL or MariaDB database, on Citus, or on H2 in memory.
 *
 * <p>A change is one transaction. Two conditions detect a lost race: the version in the update of the enrolment, and the
 * primary keys. If the answer to a commit is lost, the store submits the change again until the outcome is known. A
 * read is repeated if its connection fails. After 15 seconds, or after another {@linkplain Builder#patience patience},
 * the store stops. It then throws an
 * {@link UnknownOutcomeException} if the change may have been stored, and a {@link StorageException} otherwise, for
 * example because the pool had no free connection.
 *
 * <p>The store is safe for use by several threads if the data source is. It holds no connection between calls. An
 * attempt that locks an enrolment holds one connection until it ends.
 *
 * <p>The data source SHOULD return connections in autocommit mode. A connection without autocommit MUST have no open
 * transaction. The store asks the driver, which answers without a round trip, and throws a {@link StorageException} before it does
 * anything if a transaction is open or if the driver cannot tell. The store returns a connection in the mode in which it got
 * it, with no transaction open. The store waits 10 seconds for each answer of the database, unless the data source sets another
 * network timeout.
 */
public final class JdbcTokenStore
        implements TokenStore, StockStore, ArchiveStore, ReencryptionStore, ListStore, KeyCheckStore, DeviceStore {
    private final Sessions sessions;

    private JdbcTokenStore(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Opens a store on a database with the schema of {@link JdbcSchema#apply(DataSource)}.
     *
     * @param dataSource supplies the connections, usually from a pool, because each call takes one
     * @return the store
     * @throws StorageException if the database does not answer, is of an unsupported product, or does not have the
     *     schema of this version. Also thrown if the database can lose acknowledged commits, if a PostgreSQL database
     *     does not use UTF-8, or if a cluster node allows stale reads. An SQLite database needs a write-ahead log, and
     *     connections with {@code synchronous=FULL}. H2 can lose commits, so the store accepts it only in memory.
     *     CockroachDB and YugabyteDB are untested, so the store refuses them
     */
    public static JdbcTokenStore on(DataSource dataSource) {
        return on(dataSource, StoreOptions.DEFAULT);
    }

    /**
     * Opens a store on tables with another prefix. The schema is that of
     * {@link JdbcSchema#apply(DataSource, TablePrefix)}.
     *
     * @param dataSource supplies the connections, usually from a pool, because each call takes one
     * @param prefix the prefix of the names of the store's tables
     * @return the store
     * @throws StorageException as {@link #on(DataSource)} does
     */
    public static JdbcTokenStore on(DataSource dataSource, TablePrefix prefix) {
        return on(dataSource, StoreOptions.DEFAULT.withPrefix(prefix));
    }

    /**
     * Begins to build a store with other options.
     *
     * @param dataSource supplies the connections, usually from a pool, because each call takes one
     * @return a builder
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    static JdbcTokenStore on(DataSource dataSource, StoreOptions options) {
        try {
            return new JdbcTokenStore(Sessions.of(dataSource, options));
        } catch (SQLException e) {
            throw new StorageException("The database cannot be opened as a token store; correct the cause", e);
        }
    }

    /**
     * Returns a view of this store that works in a transaction of the application. The application's commit stores the
     * changes, and its rollback undoes them. The view never commits, never rolls the transaction back and never closes
     * the connection. It does not change the network timeout of the connection. The view is for one thread and one
     * transaction.
     *
     * <p>A change locks the enrolment's row until the end of the transaction, so make it late and commit soon. On
     * SQLite the transaction locks the whole database from its first write on. Reading a registration locks nothing, and
     * works in a read-only transaction.
     *
     * <p>After every {@link WatchwordException} the application MUST roll the transaction back. After a
     * {@link LostRaceException} it MAY repeat the whole transaction. The view holds no second connection, so a transaction on
     * the last connection of a pool can use it.
     *
     * @param connection a connection to the database of this store, with autocommit off
     * @return the view for {@link dev.watchword.otp.lifecycle.Institution#within}
     * @throws IllegalArgumentException if the connection is in autocommit mode, or if it leads to another product
     * @throws StorageException if the connection fails
     */
    public TransactionStore takingPartIn(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalArgumentException(
                        "The connection is in autocommit mode, so every statement is a separate transaction;"
                                + " call setAutoCommit(false) first");
            }
            if (Product.of(connection) != sessions.product()) {
                throw new IllegalArgumentException("The connection leads to another product; use one to the "
                        + sessions.product() + " database of this store");
            }
        } catch (SQLException e) {
            throw new StorageException("The connection failed; roll back and refuse the request", e);
        }
        return new PartOfTransaction(sessions.on(connection));
    }

    /**
     * Returns the version of the schema, for a health check. It reads one small table. After the deployment of a newer version of
     * the library the schema is newer than this process expects, until this process is replaced.
     *
     * @return the version
     * @throws StorageException if the storage fails
     */
    public SchemaVersion schemaVersion() {
        return sessions.read(
                "The version of the schema",
                session -> JdbcSchema.version(session, sessions.options().scripts()));
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return sessions.read("An enrolment", session -> EnrolmentRow.find(session, serviceId, holder));
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
        return sessions.read("An enrolment", session -> UserIdRow.find(session, serviceId, userId));
    }

    @Override
    public Optional<StockedToken> find(ServiceId serviceId, SerialNumber serial) {
        return sessions.read("A hardware token", session -> SerialTable.findInStock(session, serviceId, serial));
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == FeedStore.class) {
            return Optional.of(type.cast(new JdbcFeed(sessions)));
        }
        return isPart(type) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    /** Returns whether this class implements an optional part. It implements nothing else beside {@link TokenStore}. */
    private static boolean isPart(Class<?> type) {
        return type != TokenStore.class
                && List.of(JdbcTokenStore.class.getInterfaces()).contains(type);
    }

    @Override
    public boolean isTaken(ServiceId serviceId, SerialNumber serial) {
        return sessions.read("A serial number", session -> SerialTable.isTaken(session, serviceId, serial));
    }

    @Override
    public Optional<StockState> state(ServiceId serviceId, SerialNumber serial) {
        return sessions.read("A hardware token", session -> SerialTable.state(session, serviceId, serial));
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        return sessions.read("A history", session -> EventRow.history(session, serviceId, holder, after, limit));
    }

    @Override
    public List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
        return sessions.read("A page of holders", session -> EnrolmentRow.holders(session, serviceId, after, limit));
    }

    @Override
    public Optional<HistoryAnchor> anchor(ServiceId serviceId, Holder holder) {
        return sessions.read("An anchor", session -> AnchorTable.find(session, serviceId, holder));
    }

    @Override
    public boolean archive(ServiceId serviceId, Holder holder, @Nullable HistoryAnchor before, HistoryAnchor anchor) {
        return sessions.write("a history", session -> AnchorTable.archive(session, serviceId, holder, before, anchor));
    }

    @Override
    public int reencrypt(List<ReencryptedEnrolment> changed) {
        return sessions.write("an enrolment", session -> {
            int done = 0;
            for (ReencryptedEnrolment reencrypted : changed) {
                if (reencrypt(session, reencrypted)) {
                    done++;
                }
            }
            return done;
        });
    }

    private static boolean reencrypt(Session session, ReencryptedEnrolment reencrypted) throws SQLException {
        Enrolment after = reencrypted.after();
        if (!EnrolmentRow.update(session, reencrypted.before().version(), after)) {
            return false;
        }
        Pending waiting = after.pending();
        for (@Nullable Token token : new @Nullable Token[] {after.token(), waiting == null ? null : waiting.token()}) {
            if (token != null) {
                TokenRow.update(session, after, token);
            }
        }
        return true;
    }

    @Override
    public List<StockedToken> stockPage(ServiceId serviceId, @Nullable SerialNumber after, int limit) {
        return sessions.read("A page of the stock", session -> SerialTable.page(session, serviceId, after, limit));
    }

    @Override
    public int reencryptStock(ServiceId serviceId, List<StockedToken> before, List<StockedToken> after) {
        return sessions.write("the stock", session -> SerialTable.reencrypt(session, serviceId, before, after));
    }

    @Override
    public List<ListedToken> expiring(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedToken after, int limit) {
        return sessions.read("A list", session -> ListTable.expiring(session, serviceId, from, until, after, limit));
    }

    @Override
    public List<ListedToken> suspended(ServiceId serviceId, @Nullable ListedToken after, int limit) {
        return sessions.read("A list", session -> ListTable.suspended(session, serviceId, after, limit));
    }

    @Override
    public List<ListedToken> unusedSince(ServiceId serviceId, LocalDate day, @Nullable ListedToken after, int limit) {
        return sessions.read("A list", session -> ListTable.unusedSince(session, serviceId, day, after, limit));
    }

    @Override
    public Optional<Holder> holderOf(ServiceId serviceId, UserId userId) {
        return sessions.read("A holder", session -> UserIdRow.holder(session, serviceId, userId));
    }

    @Override
    public Optional<Holder> holderOf(ServiceId serviceId, SerialNumber serial) {
        return sessions.read("A holder", session -> SerialTable.holder(session, serviceId, serial));
    }

    @Override
    public List<TokenCount> counts(ServiceId serviceId) {
        return sessions.read("A count", session -> ListTable.counts(session, serviceId));
    }

    @Override
    public List<ListedHolder> suspendedHolders(ServiceId serviceId, @Nullable ListedHolder after, int limit) {
        return sessions.read("A list", session -> ListTable.suspendedHolders(session, serviceId, after, limit));
    }

    @Override
    public List<ListedPending> pending(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedPending after, int limit) {
        return sessions.read("A list", session -> ListTable.pending(session, serviceId, from, until, after, limit));
    }

    @Override
    public List<ListedStock> stock(ServiceId serviceId, StockState state, @Nullable ListedStock after, int limit) {
        return sessions.read("A list", session -> StockListTable.byState(session, serviceId, state, after, limit));
    }

    @Override
    public List<ListedStock> stockOfBatch(
            ServiceId serviceId, BatchId batch, StockState state, @Nullable SerialNumber after, int limit) {
        return sessions.read(
                "A list", session -> StockListTable.ofPublished(session, serviceId, batch, state, after, limit));
    }

    @Override
    public List<ListedStock> stockInRange(
            ServiceId serviceId, SerialNumber first, SerialNumber last, @Nullable SerialNumber after, int limit) {
        return sessions.read(
                "A list", session -> StockListTable.inRange(session, serviceId, first, last, after, limit));
    }

    @Override
    public Optional<DevicePublicKey> device(ServiceId serviceId, Holder holder, SerialNumber serial) {
        return sessions.read(
                "The device key of token " + serial, session -> DeviceTable.find(session, serviceId, holder, serial));
    }

    @Override
    public List<KeyCheck> keyChecks(ServiceId serviceId) {
        return sessions.read("The check values of the keys", session -> KeyCheckTable.all(session, serviceId));
    }

    @Override
    public KeyCheck add(ServiceId serviceId, KeyCheck check) {
        return sessions.write("the check values of the keys", session -> KeyCheckTable.add(session, serviceId, check));
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        return settle(change, () -> submit(change, false));
    }

    @Override
    public Attempt attempt(ServiceId serviceId, Holder holder) {
        return new LockedAttempt(this, sessions, serviceId, holder);
    }

    /**
     * Submits a change until its outcome is known. The first submission runs {@code first}. Each retry after an unknown
     * outcome runs on another connection.
     */
    CommitResult settle(EnrolmentChange change, Transaction.Body first) {
        Patience patience = sessions.patience();
        SQLException failure = null;
        boolean unknown = false;
        do {
            try {
                return failure == null ? first.run() : submit(change, unknown);
            } catch (SQLException e) {
                if (failure != null && failure != e) {
                    e.addSuppressed(failure);
                }
                failure = e;
                unknown |= SqlStates.leavesUnknown(e);
            }
        } while (SqlStates.isRetriable(failure) && patience.again());
        throw unknown && !(failure instanceof UnreadableRow)
                ? new UnknownOutcomeException(
                        "It is unknown whether a change was stored; refuse the request, and read before you repeat it",
                        failure)
                : Sessions.failure("A change could not be stored, and nothing of it is; refuse the request", failure);
    }

    private CommitResult submit(EnrolmentChange change, boolean afterDoubt) throws SQLException {
        try (Session session = sessions.openToWrite()) {
            CommitResult result = sessions.commitsAtOnce() && OneStatement.canMake(change)
                    ? OneStatement.make(session, change)
                    : Transaction.run(session, () -> Changes.write(session, change));
            return result == CommitResult.STALE ? Changes.known(session, change, afterDoubt) : result;
        }
    }

    @Override
    public boolean begin(ServiceId serviceId, BatchId batch, UUID importId) {
        return sessions.write("the stock", session -> SerialTable.begin(session, serviceId, batch, importId));
    }

    @Override
    public Set<SerialNumber> stage(ServiceId serviceId, BatchId batch, UUID importId, List<StockedToken> tokens) {
        return sessions.write("the stock", session -> SerialTable.stage(session, serviceId, batch, importId, tokens));
    }

    @Override
    public boolean withdraw(ServiceId serviceId, SerialNumber serial, Withdrawal withdrawal) {
        return sessions.write("the stock", session -> SerialTable.withdraw(session, serviceId, serial, withdrawal));
    }

    @Override
    public boolean publish(ServiceId serviceId, BatchId batch, UUID importId, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be 1 or more, not " + size);
        }
        return sessions.write("the stock", session -> SerialTable.publish(session, serviceId, batch, importId, size));
    }

    @Override
    public void discard(ServiceId serviceId, BatchId batch, UUID importId) {
        sessions.write("the stock", session -> SerialTable.discard(session, serviceId, batch, importId));
    }

    /** Builds a {@link JdbcTokenStore}. Not thread-safe. */
    public static final class Builder {
        private final DataSource dataSource;
        private StoreOptions options = StoreOptions.DEFAULT;

        private Builder(DataSource dataSource) {
            this.dataSource = requireNonNull(dataSource, "dataSource");
        }

        /**
         * Sets the prefix of the table names. The schema is that of {@link JdbcSchema#apply(DataSource, TablePrefix)}.
         *
         * @param prefix the prefix; {@link TablePrefix#DEFAULT} if this method is not called
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder prefix(TablePrefix prefix) {
            options = options.withPrefix(requireNonNull(prefix, "prefix"));
            return this;
        }

        /**
         * Sets how long a call repeats what failed because a connection failed or because it lost a race.
         *
         * @param patience zero for no repetition, and at most an hour; 15 seconds if this method is not called
         * @return this builder
         * @throws IllegalArgumentException if the duration is negative or above one hour
         */
        @CanIgnoreReturnValue
        public Builder patience(Duration patience) {
            if (patience.isNegative() || patience.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("The patience must be from zero to one hour, not " + patience);
            }
            options = options.withPatience(patience);
            return this;
        }

        /**
         * Accepts an SQLite database that acknowledges commits before they are on the disk, such as with
         * {@code synchronous=NORMAL}. After a power failure the database lacks its last commits. A code that was
         * accepted in one of them is then accepted a second time. The death of the process loses nothing.
         *
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder acceptLossOnPowerFailure() {
            options = options.riskingPowerFailure();
            return this;
        }

        /**
         * Accepts CockroachDB or YugabyteDB, which name themselves PostgreSQL to a driver. No test of this library has run
         * on them. It is not known whether a code is accepted only once there when nodes fail.
         *
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder acceptUntestedSystem() {
            options = options.riskingUntestedSystem();
            return this;
        }

        /**
         * Opens the store.
         *
         * @return the store
         * @throws StorageException as {@link JdbcTokenStore#on(DataSource)} does
         */
        public JdbcTokenStore build() {
            return on(dataSource, options);
        }
    }
}
