package dev.watchword.otp.jdbc.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.jdbc.support.TwoServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few of the faults, and the defects that the checker must detect. */
class FaultsTest {
    /** A load can miss what a store does wrong, because that depends on who overtakes whom. */
    private static final int LOADS = 5;

    @TempDir
    Path folder;

    @Test
    @Tag("R1.2")
    @Tag("R9.2")
    void killedClientsLoseNothing() throws Exception {
        ClientKills.run(Server.POSTGRESQL, 2);
    }

    @Test
    @Tag("R1.2")
    @Tag("R9.2")
    void killedClientsOfAFileLoseNothing() throws Exception {
        ClientKills.runOnSqlite(folder, 2);
    }

    /** The databases of the load. */
    private enum Place {
        ONE_SERVER {
            @Override
            HikariDataSource database() {
                HikariDataSource database = Server.POSTGRESQL.database("");
                JdbcSchema.apply(database);
                return database;
            }

            @Override
            void sabotage(Saboteur saboteur, HikariDataSource database) throws SQLException {
                try (Connection connection = database.getConnection()) {
                    saboteur.before(connection);
                }
            }
        },
        TWO_SERVERS {
            @Override
            HikariDataSource database() {
                return TwoServers.pool();
            }

            @Override
            void sabotage(Saboteur saboteur, HikariDataSource database) throws SQLException {
                TwoServers.onEach(database, saboteur::before);
            }
        };

        /** Returns a new database with the schema. */
        abstract HikariDataSource database();

        abstract void sabotage(Saboteur saboteur, HikariDataSource database) throws SQLException;
    }

    @ParameterizedTest
    @Tag("R1.2")
    @Tag("R9.2")
    @EnumSource(Saboteur.class)
    void theCheckerNamesWhatAStoreDoesWrong(Saboteur saboteur) throws Exception {
        isNamed(Place.ONE_SERVER, saboteur);
    }

    @ParameterizedTest
    @Tag("R1.2")
    @Tag("R9.2")
    @EnumSource(Saboteur.class)
    void theCheckerNamesWhatAStoreDoesWrongOnTwoServers(Saboteur saboteur) throws Exception {
        isNamed(Place.TWO_SERVERS, saboteur);
    }

    private void isNamed(Place place, Saboteur saboteur) throws Exception {
        if (saboteur == Saboteur.NONE) {
            assertEquals(List.of(), violations(place, saboteur));
            return;
        }
        List<String> violations = List.of();
        for (int load = 0; load < LOADS && !names(violations, saboteur); load++) {
            violations = violations(place, saboteur);
        }
        assertTrue(names(violations, saboteur), violations::toString);
    }

    private static boolean names(List<String> violations, Saboteur saboteur) {
        return violations.stream().anyMatch(violation -> violation.startsWith(saboteur.violation));
    }

    /** Returns the findings of the checker after a load without a fault. */
    private List<String> violations(Place place, Saboteur saboteur) throws Exception {
        Path diaryPath = Files.createTempDirectory(folder, "load").resolve("diary");
        Round round = new Round(1);
        try (HikariDataSource database = place.database();
                Diary diary = new Diary(diaryPath)) {
            place.sabotage(saboteur, database);
            try (Connection connection = database.getConnection()) {
                JdbcTokenStore store = JdbcTokenStore.on(saboteur.around(database));
                Load load = Load.start(round, saboteur.around(store), store, diary, 1);
                awaitSome(load, diaryPath);
                load.end();
                Account account = Account.read(diaryPath);
                saboteur.after(account, connection);
                return new Checker(round, account, database).violations();
            }
        }
    }

    private static void awaitSome(Load load, Path diary) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (load.serves() && Files.size(diary) < 2 * Trial.SOME) {
            assertTrue(System.nanoTime() < deadline, "The load goes on");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
