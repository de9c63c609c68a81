package dev.watchword.otp.bench.store;

import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A load of several threads, each of which verifies one code after another. The threads have separate holders, spread
 * over the whole database.
 */
final class Load {
    /**
     * The day of the load, since 1970. All verifications of a product are of this day, as long as its measurements are not
     * prolonged. So they are later ones of a day. The first one of a day also writes the day.
     */
    static final long DAY = 20_834;

    private static final long STEPS_PER_DAY = 1_440;

    /** More time steps than one measurement needs: it takes two for each pass over its holders. */
    private static final long STEPS_PER_MEASUREMENT = 40;

    private final int holders;

    /**
     * The first time step of the next measurement. Measurements never share a time step, because a code is accepted only once.
     */
    private long nextStep = DAY * STEPS_PER_DAY;

    Load(int holders) {
        this.holders = holders;
    }

    /** Returns the number of verifications a second. */
    double perSecond(Verifications verifications, int threads, long millis) throws Exception {
        long step = nextStep;
        nextStep += STEPS_PER_MEASUREMENT;
        long begun = System.nanoTime();
        long end = begun + millis * 1_000_000;
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            tasks.add(() -> one(verifications, thread, threads, step, end));
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long done = 0;
            for (Future<Long> result : pool.invokeAll(tasks)) {
                done += result.get();
            }
            return done / ((System.nanoTime() - begun) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }

    private long one(Verifications verifications, int thread, int threads, long first, long end) throws Exception {
        Totp totp = Totp.of(TotpProfile.BANK, Holders.SECRET);
        Random random = new Random(first + thread);
        int own = holders / threads;
        long done = 0;
        long step = first;
        while (true) {
            int start = random.nextInt(own);
            int stride = 7_919; // a prime, so that a pass visits every holder once, in a scattered order
            String code = totp.generate(
                    Instant.ofEpochSecond(step * TotpProfile.BANK.timeStep().toSeconds()));
            for (int i = 0; i < own; i++) {
                if (System.nanoTime() >= end) {
                    return done;
                }
                int place = (int) ((start + (long) i * stride) % own);
                verifications.accept(place * threads + thread, step, code);
                done++;
            }
            step += 2;
        }
    }
}
