package dev.watchword.otp.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.testing.Check;
import dev.watchword.otp.lifecycle.testing.FeedSchedules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random schedules of writers, workers, failures, deaths, operators and outages, on each database. */
class FeedScheduleTest {
    private static final int SEEDS = 2;

    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("R9.5")
    void noEventIsSkippedOrReordered(Product product) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcSchema.apply(database);
            JdbcTokenStore store = JdbcTokenStore.on(database);
            for (long seed = 0; seed < SEEDS; seed++) {
                for (Check check : FeedSchedules.checks(() -> store, seed)) {
                    check.run();
                }
            }
        }
    }
}
