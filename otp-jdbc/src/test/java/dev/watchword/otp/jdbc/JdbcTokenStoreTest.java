package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.testing.Check;
import dev.watchword.otp.lifecycle.testing.TokenStoreContract;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The contract and the races on every database, in a nested class each. */
class JdbcTokenStoreTest {

    abstract static class OnADatabase extends StoreContractTest {
        OnADatabase() {
            super(100);
        }

        /** A store whose connections use a time zone. */
        abstract JdbcTokenStore storeIn(String zone);

        /** Time zones whose clocks skip an hour, repeat an hour, or are a quarter of an hour off. */
        @TestFactory
        @Tag("R11.4")
        Stream<DynamicTest> keepsInstantsInEveryTimeZone() {
            return Stream.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo")
                    .flatMap(zone -> {
                        JdbcTokenStore store = storeIn(zone);
                        return TokenStoreContract.everything(() -> store).stream()
                                .map(check -> dynamicTest(zone + ": " + check.name(), () -> in(zone, check)));
                    });
        }

        private static void in(String zone, Check check) throws Exception {
            TimeZone before = TimeZone.getDefault();
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            try {
                check.run();
            } finally {
                TimeZone.setDefault(before);
            }
        }
    }

    /** The contract on a server that starts once. */
    abstract static class OnAServer extends OnADatabase {
        private final Server server;
        private final HikariDataSource database;
        private final List<HikariDataSource> elsewhere = new ArrayList<>();

        OnAServer(Server server) {
            this.server = server;
            this.database = server.database("");
        }

        @BeforeEach
        void open() {
            JdbcSchema.apply(database);
        }

        @AfterEach
        void close() {
            database.close();
            elsewhere.forEach(HikariDataSource::close);
        }

        @Override
        JdbcTokenStore store() {
            return JdbcTokenStore.on(database);
        }

        @Override
        JdbcTokenStore storeIn(String zone) {
            HikariDataSource inZone = server.database(server.inZone(ZoneId.of(zone)));
            elsewhere.add(inZone);
            JdbcSchema.apply(inZone);
            return JdbcTokenStore.on(inZone);
        }
    }

    @Nested
    class OnPostgresql extends OnAServer {
        OnPostgresql() {
            super(Server.POSTGRESQL);
        }
    }

    @Nested
    class OnMariadb extends OnAServer {
        OnMariadb() {
            super(Server.MARIADB);
        }
    }

    @Nested
    class OnSqlite extends OnADatabase {
        @TempDir
        Path folder;

        private EmbeddedDatabase database;

        @BeforeEach
        void open() {
            database = EmbeddedDatabase.open(folder.resolve("tokens"));
        }

        @AfterEach
        void close() {
            database.close();
        }

        @Override
        JdbcTokenStore store() {
            return database.tokenStore();
        }

        @Override
        JdbcTokenStore storeIn(String zone) {
            return store();
        }
    }

    @Nested
    class OnH2 extends OnADatabase {
        @Override
        JdbcTokenStore store() {
            return open("");
        }

        @Override
        JdbcTokenStore storeIn(String zone) {
            return open(";TIME ZONE=" + zone);
        }

        private JdbcTokenStore open(String settings) {
            String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + settings;
            DataSource inMemory = JdbcConnectionPool.create(url, "sa", "");
            JdbcSchema.apply(inMemory);
            return JdbcTokenStore.on(inMemory);
        }
    }
}
