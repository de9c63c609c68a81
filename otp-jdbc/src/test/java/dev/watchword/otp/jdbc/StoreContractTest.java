package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.watchword.otp.lifecycle.testing.TokenRaces;
import dev.watchword.otp.lifecycle.testing.TokenStoreContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The contract and the races, for every kind of store. */
abstract class StoreContractTest {
    static final int THREADS = 64;

    /** The number of runs of each race on a cluster. */
    static final int CLUSTER_ROUNDS = Integer.getInteger("cluster.rounds", 500);

    private final int rounds;

    StoreContractTest(int rounds) {
        this.rounds = rounds;
    }

    abstract JdbcTokenStore store();

    @TestFactory
    @Tag("R5.4")
    @Tag("R9.2")
    @Tag("R9.5")
    @Tag("R10.4")
    Stream<DynamicTest> keepsTheContract() {
        return TokenStoreContract.everything(this::store).stream().map(check -> dynamicTest(check.name(), check::run));
    }

    @TestFactory
    @Tag("R1.2")
    @Tag("R2.2")
    @Tag("R14.1")
    Stream<DynamicTest> winsTheRaces() {
        return TokenRaces.checks(this::store, THREADS, rounds).stream()
                .map(check -> dynamicTest(check.name(), check::run));
    }
}
