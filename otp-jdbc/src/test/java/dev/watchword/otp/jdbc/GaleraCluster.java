package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static dev.watchword.otp.jdbc.support.Outcomes.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.jdbc.support.Galera;
import dev.watchword.otp.jdbc.support.GaleraNode;
import dev.watchword.otp.jdbc.support.RoundRobin;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The store on a Galera cluster, through all its nodes at once. */
class GaleraCluster extends StoreContractTest {
    private static final Holder TARO = new Holder("taro");

    @SuppressWarnings("NullAway.Init")
    private static Galera galera;

    private final String database = galera.createDatabase();
    private final RoundRobin nodes = new RoundRobin(
            galera.nodes().stream().map(node -> node.url(database)).toList(), THREADS / 2);
    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    GaleraCluster() {
        super(CLUSTER_ROUNDS);
    }

    @BeforeAll
    static void start() {
        galera = Galera.start();
    }

    @AfterAll
    static void end() {
        galera.close();
    }

    @BeforeEach
    void open() {
        JdbcSchema.apply(nodes.dataSource);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Override
    JdbcTokenStore store() {
        return JdbcTokenStore.on(nodes.dataSource);
    }

    private Institution bank(DataSource dataSource, Duration settling) {
        return TestInstitution.builder(
                        JdbcTokenStore.builder(dataSource).patience(settling).build(), clock)
                .build();
    }

    /** The next node rejects a code at once after another node has acknowledged it. */
    @Test
    @Tag("R3.1")
    @Tag("R3.3")
    void aReadSeesWhatAnotherNodeAcknowledged() {
        Institution bank = bank(nodes.dataSource, Duration.ofSeconds(15));
        TokenService tokens = bank.tokens();
        assertNotNull(FakePhone.active(tokens, TARO, clock));
        OperatorDesk desk = bank.desk(new Operator("helpdesk-7"));
        for (int i = 0; i < 100; i++) {
            assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));
            assertEquals(RegistrationStatus.SUSPENDED, tokens.registration(TARO).status());
            assertAccepted(desk.resume(TARO, "found it"));
            assertEquals(RegistrationStatus.ACTIVE, tokens.registration(TARO).status());
        }
    }

    @Test
    @Tag("R3.3")
    void refusesSessionsThatReadWhatOtherNodesHaveChanged() {
        String url = galera.node(0).url(database);
        for (String setting :
                new String[] {"wsrep_sync_wait=0", "wsrep_sync_wait=6", "wsrep_sync_wait=1,wsrep_dirty_reads=1"}) {
            try (HikariDataSource stale = RoundRobin.pool(url.replace("wsrep_sync_wait=1", setting), 1)) {
                StorageException unfit = assertThrows(StorageException.class, () -> JdbcTokenStore.on(stale));
                assertTrue(String.valueOf(unfit.getMessage()).contains("wsrep_sync_wait=1"), setting);
            }
        }
    }

    @Test
    @Tag("R9.2")
    void aMinorityRefusesAndTheClusterGoesOnWhereItIsRevived() {
        try (HikariDataSource first = RoundRobin.pool(galera.node(0).url(database), 4);
                HikariDataSource any = RoundRobin.pool(galera.url(database), 4)) {
            TokenService alone = bank(first, Duration.ofMillis(200)).tokens();
            TokenService together = bank(any, Duration.ofSeconds(15)).tokens();
            FakePhone phone = FakePhone.active(together, TARO, clock);

            galera.node(2).kill();
            assertAccepted(together.verify(TARO, phone.code(), Purpose.LOGIN));
            clock.toNextStep(TotpProfile.BANK);
            galera.node(0).awaitSize(2);
            galera.node(1).kill();
            galera.node(0).awaitQuorumLost();
            assertThrows(StorageException.class, () -> alone.verify(TARO, phone.code(), Purpose.LOGIN));
            assertThrows(StorageException.class, () -> alone.verify(TARO, phone.wrongCode(), Purpose.LOGIN));
            assertThrows(StorageException.class, () -> alone.registration(TARO));

            galera.node(0).bootstrap();
            galera.node(0).awaitSynced();
            assertAccepted(together.verify(TARO, phone.code(), Purpose.LOGIN));
            for (GaleraNode node : galera.nodes().subList(1, Galera.NODES)) {
                node.restart();
                node.awaitSynced();
            }
            assertRefused(
                    Refusal.REPLAYED,
                    bank(nodes.dataSource, Duration.ofSeconds(15)).tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        }
    }
}
