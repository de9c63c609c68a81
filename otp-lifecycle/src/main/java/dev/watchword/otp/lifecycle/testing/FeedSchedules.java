package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.model.CheckReturnValue;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Named checks of an event feed under random schedules of writers, workers, failures, deaths, operators and outages (R9.5). They need
 * no test framework, and a store with a {@link dev.watchword.otp.lifecycle.spi.FeedStore} and an
 * {@link dev.watchword.otp.lifecycle.spi.ArchiveStore}.
 */
@CheckReturnValue
public final class FeedSchedules {
    private static final int STEPS = 80;

    private FeedSchedules() {}

    /**
     * Returns the checks.
     *
     * @param store supplies the store; called once for each check. Each check uses another institution
     * @param seed the seed of the schedules
     * @return the checks
     */
    public static List<Check> checks(Supplier<? extends TokenStore> store, long seed) {
        return List.of(
                new Check(
                        "each consumer gets each holder's events in order, except those that an operator skipped",
                        () -> mixed(new FeedWorld(store.get(), new Random(seed), 4))),
                new Check(
                        "an outage of an hour parks and loses nothing",
                        () -> outage(new FeedWorld(store.get(), new Random(seed), 6))));
    }

    private static void mixed(FeedWorld world) {
        for (int step = 0; step < STEPS; step++) {
            switch (world.random.nextInt(10)) {
                case 0, 1, 2 -> world.write();
                case 3 -> world.pass(120);
                case 4 -> world.decide();
                case 5 -> world.outage(world.random.nextInt(4) == 0);
                case 6 -> world.archive();
                default -> world.work();
            }
        }
        world.finish();
    }

    private static void outage(FeedWorld world) {
        world.onlyOutages();
        world.writeForAll();
        world.outage(true);
        for (int seconds = 0; seconds < 3_600; seconds += world.pass(60)) {
            world.work();
            world.expectNothingParked();
            if (world.random.nextInt(4) == 0) {
                world.write();
            }
        }
        world.outage(false);
        world.finish();
        world.expectNothingParked();
    }
}
