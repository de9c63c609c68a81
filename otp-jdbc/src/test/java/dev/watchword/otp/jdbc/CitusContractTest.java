package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.CitusCoordinator;
import dev.watchword.otp.jdbc.support.DyingProcess;
import dev.watchword.otp.jdbc.support.OldData;
import dev.watchword.otp.lifecycle.testing.Check;
import dev.watchword.otp.lifecycle.testing.TokenStoreContract;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The store on Citus, with each distribution. Runs with {@code -Dcitus.url=jdbc:postgresql://…}, which names the coordinator, and
 * fails without a coordinator.
 */
@Tag("citus")
class CitusContractTest {
    private static final int ROUNDS = Integer.getInteger("citus.rounds", 25);

    /** Every how many statements of the schema a process dies. */
    private static final int STEP = 9;

    abstract static class Contract extends StoreContractTest {
        private final Distribution distribution;
        private final HikariDataSource database = CitusCoordinator.schema();

        Contract(Distribution distribution) {
            super(ROUNDS);
            this.distribution = distribution;
        }

        @BeforeEach
        void apply() {
            JdbcSchema.apply(database, TablePrefix.DEFAULT, distribution);
        }

        @AfterEach
        void drop() {
            CitusCoordinator.drop(database);
        }

        @Override
        JdbcTokenStore store() {
            return JdbcTokenStore.on(database);
        }
    }

    /** The table of the application is on the coordinator only. */
    abstract static class Transactions extends PartOfTransactionTest.OnADatabase {
        private final Distribution distribution;
        private final HikariDataSource database = CitusCoordinator.schema();

        Transactions(Distribution distribution) {
            this.distribution = distribution;
        }

        @Override
        DataSource database() {
            JdbcSchema.apply(database, TablePrefix.DEFAULT, distribution);
            return database;
        }

        /** The nodes wait for the locks, so they must get the setting. */
        @Override
        String shortWaits() {
            return "SET LOCAL citus.propagate_set_commands = 'local'; SET LOCAL lock_timeout = '1s'";
        }

        @AfterEach
        void drop() {
            CitusCoordinator.drop(database);
        }
    }

    abstract static class RolesAndUpgrades {
        private final Distribution distribution;
        private final HikariDataSource database = CitusCoordinator.schema();
        private final TablePrefix prefix =
                new TablePrefix("r" + ThreadLocalRandom.current().nextInt(1, 1_000_000) + "_");

        RolesAndUpgrades(Distribution distribution) {
            this.distribution = distribution;
        }

        @AfterEach
        void drop() {
            CitusCoordinator.drop(database);
        }

        private void execute(String sql) throws SQLException {
            EmptyDatabase.execute(database, prefix.in(sql));
        }

        @Test
        @Tag("R9.4")
        void theRolesSufficeAndAllowNoMore() throws Exception {
            JdbcSchema.apply(database, prefix, distribution);
            for (int i = 0; i < 2; i++) {
                for (String statement : JdbcSchema.statements("/META-INF/watchword/roles/postgresql.sql", prefix)) {
                    EmptyDatabase.execute(database, statement);
                }
            }
            execute("GRANT USAGE ON SCHEMA " + CitusCoordinator.name(database) + " TO otp_runtime, otp_archiver");
            try (HikariDataSource runtime = user("runtime");
                    HikariDataSource archiver = user("archiver")) {
                JdbcTokenStore store = JdbcTokenStore.on(runtime, prefix);
                JdbcTokenStore archive = JdbcTokenStore.on(archiver, prefix);

                Instant later = new OldData(store, archive, OldData.BEGINNING).live();
                new OldData(store, archive, later).goOn();

                assertForbidden(runtime, "UPDATE otp_token SET kind = 'HARDWARE' WHERE holder = 'taro'");
                assertForbidden(runtime, "UPDATE otp_token SET expires_at = 0 WHERE holder = 'taro'");
                assertForbidden(runtime, "UPDATE otp_event SET operator = NULL WHERE holder = 'taro'");
                assertForbidden(runtime, "DELETE FROM otp_event WHERE holder = 'taro'");
                assertForbidden(archiver, "SELECT head FROM otp_enrolment WHERE holder = 'taro'");
                assertForbidden(archiver, "SELECT * FROM otp_token WHERE holder = 'taro'");
            } finally {
                for (String role : List.of("user_runtime", "user_archiver", "runtime", "archiver")) {
                    execute("DROP OWNED BY otp_" + role);
                    execute("DROP ROLE otp_" + role);
                }
            }
        }

        private HikariDataSource user(String role) throws SQLException {
            execute("CREATE USER otp_user_" + role);
            execute("GRANT otp_" + role + " TO otp_user_" + role);
            HikariConfig pool = new HikariConfig();
            pool.setJdbcUrl(database.getJdbcUrl().replaceAll("user=\\w+", "user=" + prefix.in("otp_user_" + role)));
            pool.setMinimumIdle(0);
            return new HikariDataSource(pool);
        }

        private void assertForbidden(DataSource user, String sql) {
            SQLException refusal =
                    assertThrows(SQLException.class, () -> EmptyDatabase.execute(user, prefix.in(sql)), sql);
            assertEquals("42501", refusal.getSQLState(), () -> sql + " is refused with " + refusal);
        }

        /** The rows of an institution move to the nodes. Then a later version of the schema follows. */
        @Test
        @Tag("R9.3")
        void dataAreDistributedAndUpgraded() throws Exception {
            JdbcSchema.apply(database);
            Instant later = new OldData(JdbcTokenStore.on(database), OldData.BEGINNING).live();

            JdbcSchema.apply(database, TablePrefix.DEFAULT, distribution);
            JdbcTokenStore distributed = JdbcTokenStore.on(database);
            new OldData(distributed, later).goOn();
            for (Check check : TokenStoreContract.everything(() -> distributed)) {
                check.run();
            }
            JdbcSchema.apply(database, TablePrefix.DEFAULT, UpgradeTest.LATER);

            JdbcTokenStore upgraded = JdbcTokenStore.on(database, StoreOptions.DEFAULT.withScripts(UpgradeTest.LATER));
            for (Check check : TokenStoreContract.everything(() -> upgraded)) {
                check.run();
            }
        }

        @Test
        @Tag("R9.3")
        void aProcessCanDieWhileItDistributes() throws Exception {
            int statements = 0;
            while (!DyingProcess.survives(
                    database, statements, source -> JdbcSchema.apply(source, TablePrefix.DEFAULT, distribution))) {
                assertEquals(0, distributedTables());
                statements += STEP;
            }
            assertTrue(statements > 2 * STEP, statements + " statements");
            assertEquals(13, distributedTables());
            new OldData(JdbcTokenStore.on(database), OldData.BEGINNING).live();
        }

        private int distributedTables() throws SQLException {
            return Integer.parseInt(EmptyDatabase.query(database, """
                            SELECT COUNT(*) FROM pg_dist_partition p JOIN pg_class c ON c.oid = p.logicalrelid
                            WHERE c.relnamespace = current_schema()::regnamespace""").get(0));
        }
    }

    @Nested
    class ContractByInstitution extends Contract {
        ContractByInstitution() {
            super(Distribution.BY_INSTITUTION);
        }
    }

    @Nested
    class ContractByHolder extends Contract {
        ContractByHolder() {
            super(Distribution.BY_HOLDER);
        }
    }

    @Nested
    class TransactionsByInstitution extends Transactions {
        TransactionsByInstitution() {
            super(Distribution.BY_INSTITUTION);
        }
    }

    @Nested
    class TransactionsByHolder extends Transactions {
        TransactionsByHolder() {
            super(Distribution.BY_HOLDER);
        }
    }

    @Nested
    class RolesAndUpgradesByInstitution extends RolesAndUpgrades {
        RolesAndUpgradesByInstitution() {
            super(Distribution.BY_INSTITUTION);
        }
    }

    @Nested
    class RolesAndUpgradesByHolder extends RolesAndUpgrades {
        RolesAndUpgradesByHolder() {
            super(Distribution.BY_HOLDER);
        }
    }
}
