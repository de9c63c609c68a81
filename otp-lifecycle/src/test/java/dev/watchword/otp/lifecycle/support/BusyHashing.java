package dev.watchword.otp.lifecycle.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.internal.sealing.PasswordHasher;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** As many password hashes as the JVM computes at once, for as long as a task runs. */
public final class BusyHashing {
    private final CountDownLatch begun = new CountDownLatch(PasswordHasher.MOST_AT_ONCE);
    private final CountDownLatch ended = new CountDownLatch(1);

    private BusyHashing() {}

    /** Runs a task while every permit of the password hasher is taken. */
    public static void during(Runnable task) throws Exception {
        BusyHashing busy = new BusyHashing();
        ExecutorService threads = Threads.virtual();
        List<Future<?>> hashes = new ArrayList<>();
        try {
            for (int i = 0; i < PasswordHasher.MOST_AT_ONCE; i++) {
                hashes.add(threads.submit(busy::hash));
            }
            assertTrue(busy.begun.await(1, TimeUnit.MINUTES), "The hashes must begin");
            task.run();
        } finally {
            busy.ended.countDown();
            threads.shutdown();
        }
        for (Future<?> hash : hashes) {
            Object unused = hash.get();
        }
    }

    private void hash() {
        SecureRandom random = new SecureRandom();
        SecretSealer sealer = new SecretSealer(TestInstitution.KEYS, TestInstitution.SERVICE_ID, random);
        new PasswordHasher(sealer, TestInstitution.FAST_HASHING, random, this::last).pretend("busy");
    }

    private void last() {
        begun.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
