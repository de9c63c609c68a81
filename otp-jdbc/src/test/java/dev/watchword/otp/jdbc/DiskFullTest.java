package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Interceptor;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A full disk: the change fails at once, nothing of it is stored, and the store works again once there is room. */
@Tag("R15.5")
class DiskFullTest {
    private static final Holder TARO = new Holder("taro");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final AtomicInteger connections = new AtomicInteger();

    private Institution counting(DataSource database) {
        DataSource counted = Interceptor.before(database, (connection, call) -> {
            if (call.method().equals("getConnection")) {
                connections.incrementAndGet();
            }
        });
        return TestInstitution.builder(JdbcTokenStore.on(counted), clock).build();
    }

    private static SQLiteDataSource sqlite(Path file, int pages) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setPragma(SQLiteConfig.Pragma.MAX_PAGE_COUNT, String.valueOf(pages));
        SQLiteDataSource database = new SQLiteDataSource(config);
        database.setUrl("jdbc:sqlite:" + file);
        return database;
    }

    /** A limit on the pages of the file has the effect of a full disk. */
    @Test
    void sqliteStoresNothingOfAChangeWithoutRoom(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("tokens");
        SQLiteDataSource roomy = sqlite(file, 100_000);
        JdbcSchema.apply(roomy);
        int pages =
                Integer.parseInt(EmptyDatabase.query(roomy, "PRAGMA page_count").get(0));
        Institution full = counting(sqlite(file, pages + 2));

        int issued = 0;
        StorageException thrown = null;
        while (thrown == null) {
            Holder holder = new Holder("holder-" + issued);
            connections.set(0);
            try {
                issue(full, holder);
                issued++;
            } catch (StorageException e) {
                thrown = e;
            }
            assertTrue(issued < 1_000, "the file is full by now");
        }

        assertEquals(2, connections.get(), "no repetition");
        Institution bank =
                TestInstitution.builder(JdbcTokenStore.on(roomy), clock).build();
        Holder refused = new Holder("holder-" + issued);
        assertEquals(
                RegistrationStatus.UNREGISTERED,
                full.tokens().registration(refused).status());
        assertEquals(List.of("ok"), EmptyDatabase.query(roomy, "PRAGMA integrity_check"));
        issue(bank, refused);
        assertEquals(
                RegistrationStatus.ISSUED, full.tokens().registration(refused).status());
    }

    private static void issue(Institution bank, Holder holder) {
        assertAccepted(bank.tokens()
                .issueSoftware(holder, SoftwareRequest.of("taro@bank.example", "4726"), Confirmation.NONE));
    }

    /** PostgreSQL reports a full disk at the statement that needs room, and rolls the transaction back. */
    @ParameterizedTest
    @EnumSource(
            value = Product.class,
            names = {"POSTGRESQL", "MARIADB"})
    void aServerStoresNothingOfAChangeWithoutRoom(Product product) {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcSchema.apply(database);
            Institution bank =
                    TestInstitution.builder(JdbcTokenStore.on(database), clock).build();
            FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
            Institution full = counting(Interceptor.before(database, (connection, call) -> {
                if (call.executes("WITH", "BEGIN NOT ATOMIC")) {
                    throw product == Product.MARIADB
                            ? new SQLException("The table 'otp_event' is full", "HY000", 1114)
                            : new SQLException("could not extend file: No space left on device", "53100");
                }
            }));
            connections.set(0);

            assertThrows(StorageException.class, () -> full.tokens().verify(TARO, phone.code(), Purpose.LOGIN));

            assertEquals(2, connections.get(), "no repetition");
            assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        }
    }
}
