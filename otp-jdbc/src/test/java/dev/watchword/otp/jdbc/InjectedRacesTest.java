package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Interceptor;
import dev.watchword.otp.jdbc.support.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * The contract and the races on PostgreSQL, which reports lost races to 2 % of the reads and 5 % of the writes. The inserts
 * of events are spared, because a check of the contract has 80 of them in one transaction.
 */
@Tag("R9.2")
class InjectedRacesTest {
    private static final double LOST_READS = 0.02;
    private static final double LOST_WRITES = 0.05;

    abstract static class AtALevel extends StoreContractTest {
        private final Random random = new Random(20261128);
        private final AtomicInteger lost = new AtomicInteger();
        private final HikariDataSource database;
        private JdbcTokenStore store;
        private volatile boolean open;

        AtALevel(String level) {
            super(25);
            database = Server.POSTGRESQL.database("&options=-c%20default_transaction_isolation=" + level);
        }

        @BeforeEach
        void open() {
            JdbcSchema.apply(database);
            store = JdbcTokenStore.on(Interceptor.before(database, this::lose));
            open = true;
        }

        @AfterEach
        void close() {
            database.close();
            Assertions.assertTrue(lost.get() > 100, lost + " lost races");
        }

        @Override
        JdbcTokenStore store() {
            return store;
        }

        private void lose(@Nullable Connection connection, Interceptor.Call call) throws SQLException {
            boolean reads = call.executes("SELECT");
            boolean writes = call.commits()
                    || (call.executes("WITH", "INSERT", "UPDATE", "DELETE")
                            && !call.executes("INSERT INTO otp_event", "INSERT INTO otp_reason"));
            if (open
                    && ((reads && random.nextDouble() < LOST_READS) || (writes && random.nextDouble() < LOST_WRITES))) {
                lost.incrementAndGet();
                if (call.commits()) {
                    requireNonNull(connection).rollback();
                }
                throw new SQLException("could not serialize access due to concurrent update", "40001");
            }
        }
    }

    @Nested
    class AtReadCommitted extends AtALevel {
        AtReadCommitted() {
            super("read%5C%20committed");
        }
    }

    @Nested
    class AtRepeatableRead extends AtALevel {
        AtRepeatableRead() {
            super("repeatable%5C%20read");
        }
    }

    @Nested
    class AtSerializable extends AtALevel {
        AtSerializable() {
            super("serializable");
        }
    }
}
