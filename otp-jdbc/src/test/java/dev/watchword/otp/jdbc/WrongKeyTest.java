package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.KeyState;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.KeyUse;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.operations.CheckedKey;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node whose keys are not those of the database does not start. */
@Tag("R10.4")
class WrongKeyTest {
    private static final FakeClock CLOCK = FakeClock.at("2026-11-23T09:00:00Z");
    private static final int NODES = 8;

    private static byte[] bytes(int seed) {
        byte[] key = new byte[32];
        key[7] = (byte) seed;
        key[31] = (byte) 0xa5;
        return key;
    }

    private static KeySource keys(String name, int sealing, int history) {
        return KeySource.of(
                name, new SecretKeySpec(bytes(sealing), "AES"), new SecretKeySpec(bytes(history), "HmacSHA256"));
    }

    private static Institution node(DataSource database, KeySource keys) {
        return Institution.builder(TestInstitution.SERVICE_ID, JdbcTokenStore.on(database), keys)
                .clock(CLOCK)
                .policy(TestInstitution.POLICY)
                .build();
    }

    private static HikariDataSource database(Product product) {
        HikariDataSource database = EmptyDatabase.of(product);
        JdbcSchema.apply(database);
        return database;
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void doesNotStartWithOtherBytesUnderAKnownName(Product product) throws SQLException {
        try (HikariDataSource database = database(product)) {
            assertTrue(node(database, keys("2026-鍵", 1, 2)).checkKeys().isRight());
            List<String> before = rows(database);

            for (KeySource wrong : List.of(keys("2026-鍵", 9, 2), keys("2026-鍵", 1, 9))) {
                String message = String.valueOf(assertThrows(KeyUnavailableException.class, () -> node(database, wrong))
                        .getMessage());
                assertTrue(message.contains("key 2026-鍵 has other bytes"), message);
            }

            assertEquals(before, rows(database));
            assertEquals(
                    List.of(
                            CheckedKey.of(KeyUse.SEAL, "2026-鍵", true, KeyState.RIGHT),
                            CheckedKey.of(KeyUse.HISTORY, "2026-鍵", true, KeyState.RIGHT)),
                    node(database, keys("2026-鍵", 1, 2)).checkKeys().keys());
        }
    }

    private static List<String> rows(DataSource database) throws SQLException {
        return EmptyDatabase.query(
                database,
                "SELECT service_id, key_use, key_name, check_value FROM otp_key_check ORDER BY service_id, key_use");
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("R10.2")
    void storesNoBytesOfAKey(Product product) throws SQLException {
        try (HikariDataSource database = database(product)) {
            assertNotNull(node(database, keys("k", 1, 2)));

            String rows = String.join(" ", rows(database)).toLowerCase(Locale.ROOT);
            for (int seed : List.of(1, 2)) {
                for (int from = 0; from <= 24; from++) {
                    assertTrue(!rows.contains(HexFormat.of().formatHex(bytes(seed), from, from + 8)));
                }
            }
            assertTrue(rows.contains("10112235 history k "), rows);
        }
    }

    /** If two nodes each stored one of the two check values, no node could ever start. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void ofNodesWithOtherKeysThatStartAtOnceOneStarts(Product product) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        try (HikariDataSource database = database(product)) {
            for (int round = 0; round < 20; round++) {
                String name = "round-" + round;
                CyclicBarrier start = new CyclicBarrier(NODES);
                List<Future<Boolean>> started = new ArrayList<>();
                for (int i = 0; i < NODES; i++) {
                    KeySource keys = keys(name, 10 + i, 20 + i);
                    started.add(threads.submit(() -> {
                        start.await();
                        return starts(database, keys);
                    }));
                }
                List<Integer> winners = new ArrayList<>();
                for (int i = 0; i < NODES; i++) {
                    if (started.get(i).get()) {
                        winners.add(i);
                    }
                }
                assertEquals(1, winners.size(), () -> "winners " + winners);
                assertEquals(
                        winners,
                        IntStream.range(0, NODES)
                                .filter(i -> starts(database, keys(name, 10 + i, 20 + i)))
                                .boxed()
                                .toList());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean starts(DataSource database, KeySource keys) {
        try {
            assertNotNull(node(database, keys));
            return true;
        } catch (KeyUnavailableException e) {
            return false;
        }
    }

    /** A node can repeat its start after a failure, so a failure must not store another value. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void doesNotStartWithACheckValueThatItCannotRead(Product product) throws SQLException {
        try (HikariDataSource database = database(product)) {
            KeySource keys = keys("k", 1, 2);
            assertNotNull(node(database, keys));
            EmptyDatabase.execute(
                    database, "UPDATE otp_key_check SET check_value = 'garbage' WHERE key_use = 'HISTORY'");

            assertThrows(IntegrityException.class, () -> node(database, keys));

            EmptyDatabase.execute(database, "DROP TABLE otp_key_check");
            assertThrows(WatchwordException.class, () -> node(database, keys));
        }
    }
}
