package dev.watchword.otp.bench.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.jdbc.servers.LocalServers;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.testing.FakeClock;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A measurement of a login on a virtual thread, on PostgreSQL: alone, and beside 150 requests for provisioning. Anybody can send
 * such requests, and each costs an Argon2id hash. Needs JDK 21 or later. Run {@code mvn -q -Pstarvation
 * -Dstarvation.java=/usr/lib/jvm/…/bin/java}.
 *
 * <p>Prints the median of five rounds, and fails if a login beside the load takes more than three times as long as alone.
 */
public final class Starvation {
    private static final int REQUESTS = 150;
    private static final int ROUNDS = 5;
    private static final int LOGINS = 20;
    private static final int WARM_UP = 500;
    private static final double LIMIT = 3;

    private static final Holder TARO = new Holder("taro");
    private static final String UNKNOWN = "999800000009";
    private static final KeySource KEYS = KeyRing.parse(
            "seal s " + Base64.getEncoder().encodeToString(new byte[32]) + "\nhistory h "
                    + Base64.getEncoder().encodeToString(new byte[32]),
            "the keys of the benchmark");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final DevicePublicKey device = DeviceKey.generate(new SecureRandom()).publicKey();
    private final TokenService tokens;
    private final FakePhone phone;
    private volatile boolean loaded;

    private Starvation(HikariDataSource database) {
        TokenPolicy policy = TokenPolicy.BANK.withConfirmation(ConfirmationPolicy.BY_APPLICATION);
        tokens = Institution.builder(new ServiceId("10112235"), JdbcTokenStore.on(database), KEYS)
                .clock(clock)
                .policy(policy)
                .build()
                .tokens();
        phone = FakePhone.active(tokens, TARO, clock);
    }

    /**
     * Measures and prints.
     *
     * @param args ignored
     * @throws Exception if the database does not start or fails
     */
    public static void main(String[] args) throws Exception {
        HikariConfig pool = new HikariConfig();
        int port = LocalServers.postgresql(Map.of("synchronous_commit", "on", "fsync", "on"));
        pool.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&socketTimeout=60");
        pool.setMaximumPoolSize(64);
        double ratio;
        try (HikariDataSource database = new HikariDataSource(pool)) {
            JdbcSchema.apply(database);
            ratio = new Starvation(database).ratio();
        }
        if (ratio > LIMIT) {
            System.out.println("A login must take at most " + LIMIT + " times as long as alone");
        }
        System.exit(ratio > LIMIT ? 1 : 0); // the threads of the server are still running
    }

    private double ratio() throws Exception {
        Outcome<Provisioned> refused = tokens.provision(UNKNOWN, "4726", device);
        if (refused.isAccepted()) {
            throw new IllegalStateException("An unknown user ID must be refused, not " + refused);
        }
        millisOfLogin(WARM_UP);
        double[] alone = new double[ROUNDS];
        double[] beside = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            alone[round] = millisOfLogin(LOGINS);
            beside[round] = millisUnderLoad();
            ratios[round] = beside[round] / alone[round];
        }
        System.out.println(String.format(
                Locale.ROOT,
                "starvation alone %.1f loaded %.1f ratio %.2f",
                median(alone),
                median(beside),
                median(ratios)));
        return median(ratios);
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
    }

    /** Returns the mean time of a login in milliseconds while every one of the requests is in flight. */
    private double millisUnderLoad() throws Exception {
        CountDownLatch begun = new CountDownLatch(REQUESTS);
        CountDownLatch answered = new CountDownLatch(1);
        loaded = true;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (int i = 0; i < REQUESTS; i++) {
                    threads.execute(() -> provision(begun, answered));
                }
                begun.await();
                answered.await();
                return millisOfLogin(LOGINS);
            } finally {
                loaded = false; // before the executor waits for its tasks
            }
        }
    }

    private void provision(CountDownLatch begun, CountDownLatch answered) {
        begun.countDown();
        while (loaded) {
            try {
                if (tokens.provision(UNKNOWN, "4726", device).isAccepted()) {
                    throw new IllegalStateException("An unknown user ID must be refused");
                }
            } catch (WatchwordException ignored) {
                // the request was refused after the longest wait, and the next one replaces it
            }
            answered.countDown();
        }
    }

    /** Returns the mean time of a login on a new virtual thread, in milliseconds. */
    private double millisOfLogin(int logins) throws Exception {
        long nanos = 0;
        for (int i = 0; i < logins; i++) {
            clock.toNextStep(TokenPolicy.BANK.codes().profile());
            String code = phone.code();
            long begun = System.nanoTime();
            try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
                thread.submit(() -> login(code)).get();
            }
            nanos += System.nanoTime() - begun;
        }
        return nanos / 1e6 / logins;
    }

    /** Enters a code until it is spent. A login that waits too long for a processor can exceed a timeout of the store. */
    private void login(String code) {
        boolean spent = false;
        while (!spent) {
            try {
                Outcome<Registration> outcome = tokens.verify(TARO, code, Purpose.LOGIN);
                spent = outcome.fold(registration -> true, refused -> refused.refusal() == Refusal.REPLAYED);
                if (!spent) {
                    throw new IllegalStateException("The login must be accepted, not " + outcome);
                }
            } catch (WatchwordException ignored) {
                // the measured time includes the next attempt
            }
        }
    }
}
