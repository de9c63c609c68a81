package dev.watchword.otp.jdbc.faults;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.Distribution;
import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.TablePrefix;
import dev.watchword.otp.jdbc.support.CitusNodes;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills the servers of a Citus cluster with SIGKILL under load, and restarts them. See {@link CitusNodes} for the properties that
 * name the cluster.
 */
@Tag("citus")
@Tag("R1.2")
@Tag("R9.2")
@Tag("R9.5")
class CitusFaults {
    @ParameterizedTest
    @EnumSource(names = {"BY_INSTITUTION", "BY_HOLDER"})
    void aWorkerThatDiesTakesNothingWithIt(Distribution distribution) throws Exception {
        int count = Counts.count("citus.worker.kills", 20);
        try (CitusNodes nodes = CitusNodes.open();
                Trial trial = trial("worker-kills", nodes, distribution)) {
            List<Integer> workers = nodes.workers();
            for (int i = 0; i < count; i++) {
                int number = i;
                trial.round("worker", client -> {
                    int worker = distribution == Distribution.BY_INSTITUTION
                            ? nodes.workerOf(
                                    "otp_enrolment", client.round().serviceId().value())
                            : workers.get(number % workers.size());
                    nodes.kill(worker);
                    if (distribution == Distribution.BY_HOLDER) {
                        client.awaitProgress(Trial.SOME / 30); // requests for holders of the other worker, or failures
                    }
                    nodes.restart(worker);
                    nodes.recover();
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BY_INSTITUTION", "BY_HOLDER"})
    void aCoordinatorThatDiesTakesNothingWithIt(Distribution distribution) throws Exception {
        int count = Counts.count("citus.coordinator.kills", 20);
        try (CitusNodes nodes = CitusNodes.open();
                Trial trial = trial("coordinator-kills", nodes, distribution)) {
            for (int i = 0; i < count; i++) {
                trial.round("coordinator", client -> {
                    nodes.kill(CitusNodes.COORDINATOR);
                    nodes.restart(CitusNodes.COORDINATOR);
                    nodes.recover();
                });
            }
        }
    }

    private static Trial trial(String faults, CitusNodes nodes, Distribution distribution) throws Exception {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(nodes.url());
            JdbcSchema.apply(database, TablePrefix.DEFAULT, distribution);
        }
        String name = "citus " + distribution.name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + faults;
        return new Trial(name, Counts.seed(), nodes.url() + "&socketTimeout=5", () -> {
            nodes.recover();
            return List.of(nodes.url());
        });
    }
}
