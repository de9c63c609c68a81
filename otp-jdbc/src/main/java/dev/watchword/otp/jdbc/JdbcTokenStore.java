package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.ConsumerName;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.HistoryAnchor;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.ListedFob;
import dev.watchword.otp.lifecycle.ListedToken;
import dev.watchword.otp.lifecycle.ListedWaiting;
import dev.watchword.otp.lifecycle.RecordedEvent;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.StockState;
import dev.watchword.otp.lifecycle.StorageException;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.Waiting;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.spi.HistoryStore;
import dev.watchword.otp.lifecycle.spi.ListStore;
import dev.watchword.otp.lifecycle.spi.Resealing;
import dev.watchword.otp.lifecycle.spi.SealedStore;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.spi.Turn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The store on a database: H2, PostgreSQL or MariaDB. A change is one transaction, and its races are decided by the version
 * of the enrolment in the condition of one update, and by primary keys. If the answer to a commit is lost, the change is submitted
 * again until it is known what became of it, for some seconds; then a {@link StorageException} says that it is not known.
 *
 * <p>Safe for use by several threads, if the data source is. It keeps no connection between calls.
 */
public final class JdbcTokenStore implements TokenStore, StockStore, HistoryStore, FeedStore, SealedStore, ListStore {
    /** How long a change in doubt is submitted again, and one tried again for which others were faster. */
    private static final Duration SETTLING = Duration.ofSeconds(15);

    private final Sessions sessions;

    private JdbcTokenStore(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Opens the store on a database to which {@link JdbcSchema#apply(DataSource)} was applied.
     *
     * @param dataSource gives the connections; a pool as a rule, for each call takes one
     * @return the store
     * @throws StorageException if the database does not answer, is of an unknown product, has not this version's schema, or,
     *     being H2, delays its writes and so would lose acknowledged changes when the process dies
     */
    public static JdbcTokenStore on(DataSource dataSource) {
        return on(dataSource, TablePrefix.DEFAULT);
    }

    /**
     * Opens the store on tables with another prefix, to which {@link JdbcSchema#apply(DataSource, TablePrefix)} was applied.
     *
     * @param dataSource gives the connections; a pool as a rule, for each call takes one
     * @param prefix what the names of its tables begin with
     * @return the store
     * @throws StorageException as {@link #on(DataSource)} does
     */
    public static JdbcTokenStore on(DataSource dataSource, TablePrefix prefix) {
        return on(dataSource, prefix, SETTLING);
    }

    static JdbcTokenStore on(DataSource dataSource, TablePrefix prefix, Duration settling) {
        try {
            return new JdbcTokenStore(Sessions.of(dataSource, prefix, settling));
        } catch (SQLException e) {
            throw new StorageException("The database cannot be opened as a token store", e);
        }
    }

    /**
     * Returns this store as a part of a transaction of the application: what is changed there stands when the application commits,
     * and falls when it rolls back. It never commits, rolls the transaction back or closes the connection. An enrolment that is read
     * there is locked until the end of the transaction, so read it late and commit soon.
     *
     * <p>A failure is a {@link StorageException} after which the transaction is to be rolled back; if its cause is an
     * {@link SQLException} of SQLSTATE 40001, another transaction was faster, and all of this one can be tried again. A refusal is
     * to be committed, since it may have charged a wrong code. Used by one thread, and for one transaction.
     *
     * @param connection a connection to the database of this store, not in auto-commit
     * @return the store for a {@linkplain dev.watchword.otp.lifecycle.TokenService#on service}
     * @throws IllegalArgumentException if the connection is in auto-commit, or one to another product
     * @throws StorageException if the connection fails
     */
    public TokenStore takingPartIn(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalArgumentException(
                        "The connection is in auto-commit, so that every statement is a transaction;"
                                + " begin one with setAutoCommit(false)");
            }
            if (Product.of(connection) != sessions.product()) {
                throw new IllegalArgumentException(
                        "The connection is not to the " + sessions.product() + " database of this store");
            }
        } catch (SQLException e) {
            throw new StorageException("The connection failed; roll back, and refuse the request", e);
        }
        return new PartOfTransaction(sessions.on(connection));
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return find(EnrolmentRow.FIND_BY_HOLDER, serviceId, holder.reference());
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
        return find(EnrolmentRow.FIND_BY_USER_ID, serviceId, userId.value());
    }

    private Optional<Enrolment> find(String sql, ServiceId serviceId, String by) {
        return sessions.read("An enrolment", session -> EnrolmentRow.find(session, sql, serviceId, by));
    }

    @Override
    public Optional<StockedFob> findInStock(ServiceId serviceId, SerialNumber serial) {
        return sessions.read("A fob", session -> SerialTable.findInStock(session, serviceId, serial));
    }

    @Override
    public boolean isTaken(ServiceId serviceId, SerialNumber serial) {
        return sessions.read("A serial number", session -> SerialTable.isTaken(session, serviceId, serial));
    }

    @Override
    public Optional<StockState> state(ServiceId serviceId, SerialNumber serial) {
        return sessions.read("A fob", session -> SerialTable.state(session, serviceId, serial));
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        return sessions.read("A history", session -> EventRow.history(session, serviceId, holder, after, limit));
    }

    @Override
    public List<Enrolment> page(ServiceId serviceId, @Nullable Holder after, int limit) {
        return sessions.read("A page of enrolments", session -> EnrolmentRow.page(session, serviceId, after, limit));
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
    public void register(ServiceId serviceId, ConsumerName consumer) {
        new Consumers(sessions, serviceId, consumer).register();
    }

    @Override
    public void retire(ServiceId serviceId, ConsumerName consumer) {
        new Consumers(sessions, serviceId, consumer).retire();
    }

    @Override
    public List<Holder> due(
            ServiceId serviceId, ConsumerName consumer, Instant now, @Nullable Holder after, int limit) {
        return sessions.read("What is due", session -> FeedTable.due(session, serviceId, consumer, now, after, limit));
    }

    @Override
    public OptionalLong lease(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, Instant now, Instant until) {
        return sessions.write(
                "a lease", session -> FeedTable.lease(session, serviceId, consumer, holder, worker, now, until));
    }

    @Override
    public boolean advance(
            ServiceId serviceId, ConsumerName consumer, Holder holder, UUID worker, long number, boolean done) {
        return sessions.write(
                "a consumer's place",
                session -> FeedTable.advance(session, serviceId, consumer, holder, worker, number, done));
    }

    @Override
    public int reseal(List<Resealing> resealings) {
        return sessions.write("an enrolment", session -> {
            int done = 0;
            for (Resealing resealing : resealings) {
                if (reseal(session, resealing)) {
                    done++;
                }
            }
            return done;
        });
    }

    private static boolean reseal(Session session, Resealing resealing) throws SQLException {
        Enrolment after = resealing.after();
        if (!EnrolmentRow.update(session, resealing.before().version(), after)) {
            return false;
        }
        Waiting waiting = after.waiting();
        for (@Nullable Token token : new @Nullable Token[] {after.token(), waiting == null ? null : waiting.token()}) {
            if (token != null) {
                TokenRow.update(session, after, token);
            }
        }
        return true;
    }

    @Override
    public List<StockedFob> stockPage(ServiceId serviceId, @Nullable SerialNumber after, int limit) {
        return sessions.read("A page of the stock", session -> SerialTable.page(session, serviceId, after, limit));
    }

    @Override
    public int resealStock(ServiceId serviceId, List<StockedFob> before, List<StockedFob> after) {
        return sessions.write("the stock", session -> SerialTable.reseal(session, serviceId, before, after));
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
    public List<ListedWaiting> waiting(
            ServiceId serviceId, Instant from, Instant until, @Nullable ListedWaiting after, int limit) {
        return sessions.read("A list", session -> ListTable.waiting(session, serviceId, from, until, after, limit));
    }

    @Override
    public List<ListedFob> fobs(ServiceId serviceId, StockState state, @Nullable ListedFob after, int limit) {
        return sessions.read("A list", session -> ListTable.fobs(session, serviceId, state, after, limit));
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        return settle(change, () -> submit(change, false));
    }

    @Override
    public Turn turn(ServiceId serviceId, Holder holder) {
        return new LockedTurn(this, sessions, serviceId, holder);
    }

    /** Submits a change, the first time in a way of its own, and again after each doubt. */
    CommitResult settle(EnrolmentChange change, Transaction.Body first) {
        Patience patience = sessions.patience();
        SQLException doubt = null;
        do {
            try {
                return doubt == null ? first.run() : submit(change, true);
            } catch (SQLException e) {
                if (doubt != null) {
                    e.addSuppressed(doubt);
                }
                doubt = e;
            }
        } while (SqlStates.isDoubt(doubt) && patience.again());
        throw new StorageException(
                "It is unknown whether a change was stored; refuse the request and let it be tried again", doubt);
    }

    private CommitResult submit(EnrolmentChange change, boolean afterDoubt) throws SQLException {
        try (Session session = sessions.openToWrite()) {
            CommitResult result = sessions.product().writesAtOnce() && OneStatement.canMake(change)
                    ? OneStatement.make(session, change)
                    : Transaction.run(session.connection(), () -> Changes.write(session, change));
            return result == CommitResult.STALE ? Changes.known(session, change, afterDoubt) : result;
        }
    }

    @Override
    public Set<SerialNumber> stage(ServiceId serviceId, BatchId batch, List<StockedFob> fobs) {
        return sessions.write("the stock", session -> SerialTable.stage(session, serviceId, batch, fobs));
    }

    @Override
    public boolean publish(ServiceId serviceId, BatchId batch, int size) {
        return sessions.write("the stock", session -> SerialTable.publish(session, serviceId, batch, size));
    }

    @Override
    public void discard(ServiceId serviceId, BatchId batch) {
        sessions.write("the stock", session -> SerialTable.discard(session, serviceId, batch));
    }
}
