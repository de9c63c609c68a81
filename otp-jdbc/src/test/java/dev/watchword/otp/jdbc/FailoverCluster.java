package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.jdbc.support.Galera;
import dev.watchword.otp.jdbc.support.Replicated;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Tests of the clusters themselves: they replicate, lose nodes and get them back. */
class FailoverCluster {
    private static int rows(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM t")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void galeraNodesComeBackAndLoseTheirQuorum() throws SQLException {
        try (Galera galera = Galera.start()) {
            String database = galera.createDatabase();
            execute(galera.url(database), "CREATE TABLE t (i INT PRIMARY KEY)");
            execute(galera.node(0).url(database), "INSERT INTO t VALUES (1)");
            assertEquals(1, rows(galera.node(2).url(database)));

            galera.node(1).kill();
            galera.node(0).awaitSize(2);
            execute(galera.node(2).url(database), "INSERT INTO t VALUES (2)");
            galera.node(1).restart();
            galera.node(1).awaitSynced();
            assertEquals(2, rows(galera.node(1).url(database)));

            galera.node(1).kill();
            galera.node(2).kill();
            galera.node(0).awaitQuorumLost();
            String alone = galera.node(0).url(database);
            assertEquals(
                    "08S01",
                    assertThrows(SQLException.class, () -> execute(alone, "INSERT INTO t VALUES (3)"))
                            .getSQLState());
            galera.node(0).bootstrap();
            galera.node(0).awaitSynced();
            execute(alone, "INSERT INTO t VALUES (3)");
            for (int i = 1; i < Galera.NODES; i++) {
                galera.node(i).restart();
                galera.node(i).awaitSynced();
                assertEquals(3, rows(galera.node(i).url(database)));
            }
        }
    }

    @Test
    void aStandbyIsPromotedAgainAndAgain() throws SQLException {
        try (Replicated replicated = Replicated.start()) {
            String database = replicated.createDatabase();
            execute(replicated.url(database), "CREATE TABLE t (i INT PRIMARY KEY)");
            for (int i = 0; i < 10; i++) {
                execute(replicated.url(database), "INSERT INTO t VALUES (" + i + ")");
                replicated.killPrimary();
                replicated.promote();
                assertEquals(i + 1, rows(replicated.url(database)));
                replicated.addStandby();
            }
            assertEquals(10, rows(replicated.standby().url(database)));
        }
    }
}
