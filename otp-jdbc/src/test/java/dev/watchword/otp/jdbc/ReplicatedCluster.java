package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static dev.watchword.otp.jdbc.support.Outcomes.assertRefused;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.jdbc.support.Replicated;
import dev.watchword.otp.jdbc.support.RoundRobin;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The store on a PostgreSQL primary whose commits wait for a synchronous standby. */
class ReplicatedCluster extends StoreContractTest {
    private static final Holder TARO = new Holder("taro");

    @SuppressWarnings("NullAway.Init")
    private static Replicated replicated;

    private final String name = replicated.createDatabase();
    private final HikariDataSource database = RoundRobin.pool(replicated.url(name), THREADS);
    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    ReplicatedCluster() {
        super(CLUSTER_ROUNDS);
    }

    @BeforeAll
    static void start() {
        replicated = Replicated.start();
    }

    @AfterAll
    static void end() {
        replicated.close();
    }

    @BeforeEach
    void open() {
        JdbcSchema.apply(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    JdbcTokenStore store() {
        return JdbcTokenStore.on(database);
    }

    private TokenService tokens(Duration settling) {
        return TestInstitution.builder(
                        JdbcTokenStore.builder(database).patience(settling).build(), clock)
                .build()
                .tokens();
    }

    @Test
    @Tag("R1.2")
    @Tag("R9.2")
    void acknowledgedCodesAreSpentOnThePromotedStandby() {
        TokenService tokens = tokens(Duration.ofSeconds(15));
        FakePhone phone = FakePhone.active(tokens, TARO, clock);
        assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN));

        replicated.killPrimary();
        replicated.promote();
        assertRefused(Refusal.REPLAYED, tokens.verify(TARO, phone.code(), Purpose.LOGIN));
        clock.toNextStep(TotpProfile.BANK);
        assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN));
        replicated.addStandby();
    }

    /** The store rejects a code that only the primary has stored. The code is spent once there is a standby again. */
    @Test
    @Tag("R9.2")
    void nothingIsAcknowledgedWithoutTheStandby() {
        TokenService tokens = tokens(Duration.ofMillis(200));
        FakePhone phone = FakePhone.active(tokens, TARO, clock);

        replicated.killStandby();
        assertThrows(UnknownOutcomeException.class, () -> tokens.verify(TARO, phone.code(), Purpose.LOGIN));

        replicated.addStandby();
        assertRefused(Refusal.REPLAYED, tokens.verify(TARO, phone.code(), Purpose.LOGIN));
    }
}
