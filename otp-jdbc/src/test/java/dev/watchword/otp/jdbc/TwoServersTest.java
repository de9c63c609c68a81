package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.jdbc.support.TwoServers;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The contract and the races with the schema by holder on two servers, and with the statements for Citus. */
@Tag("R9.2")
class TwoServersTest extends StoreContractTest {
    private final TwoServers servers = open();

    TwoServersTest() {
        super(4);
    }

    private static TwoServers open() {
        try {
            return TwoServers.database();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    JdbcTokenStore store() {
        return JdbcTokenStore.on(servers.pool());
    }

    /** Both servers have rows of the same tables. */
    @AfterEach
    void close() throws SQLException {
        for (String table : List.of("otp_enrolment", "otp_event", "otp_user_id", "otp_serial")) {
            for (String schema : List.of("own", "there")) {
                String count = EmptyDatabase.query(servers.pool(), "SELECT COUNT(*) FROM " + schema + "." + table)
                        .get(0);
                assertTrue(Long.parseLong(count) > 0, schema + "." + table);
            }
        }
        servers.close();
    }
}
