package dev.watchword.otp.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.CitusCoordinator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * The store on Citus, with each distribution. Runs with {@code -Dcitus.url=jdbc:postgresql://…}, which names the coordinator, and
 * fails if there is none.
 */
class CitusContractTest {
    private static final int ROUNDS = Integer.getInteger("citus.rounds", 25);

    abstract static class Distributed extends StoreContractTest {
        private final Distribution distribution;
        private final HikariDataSource database = CitusCoordinator.schema();

        Distributed(Distribution distribution) {
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

    @Nested
    class ByInstitution extends Distributed {
        ByInstitution() {
            super(Distribution.BY_INSTITUTION);
        }
    }

    @Nested
    class ByHolder extends Distributed {
        ByHolder() {
            super(Distribution.BY_HOLDER);
        }
    }
}
