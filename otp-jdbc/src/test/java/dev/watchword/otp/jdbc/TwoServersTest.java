package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.TwoServers;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The contract and the races with the schema by holder on two servers, and with the statements for Citus. */
@Tag("R9.2")
class TwoServersTest extends StoreContractTest {
    private final HikariDataSource database = TwoServers.pool();

    TwoServersTest() {
        super(4);
    }

    @Override
    JdbcTokenStore store() {
        return JdbcTokenStore.on(database);
    }

    /** Both servers have rows of the same tables. */
    @AfterEach
    void close() throws SQLException {
        for (String table : List.of("otp_enrolment", "otp_event", "otp_user_id", "otp_serial")) {
            for (String schema : List.of("own", "there")) {
                String count = EmptyDatabase.query(database, "SELECT COUNT(*) FROM " + schema + "." + table)
                        .get(0);
                assertTrue(Long.parseLong(count) > 0, schema + "." + table);
            }
        }
        database.close();
    }
}
