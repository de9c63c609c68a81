package dev.watchword.otp.bench;

import dev.watchword.otp.HmacAlgorithm;
import java.util.Comparator;
import java.util.Map;

/**
 * The figures of a run.
 *
 * @param costs the cost of each library in each case
 * @param bulkNanos the time for hashing in bulk, in nanoseconds, for each hash function
 * @param twoThreadsNanos the time of one Watchword answer on each of two threads at {@link Case#FRESH_WRONG}, in
 *     nanoseconds
 * @param service the costs of {@link ServiceBenchmark} and {@link OcraBenchmark}, by the name of the method
 */
record Figures(
        Map<Library, Map<Case, Cost>> costs,
        Map<HmacAlgorithm, Double> bulkNanos,
        double twoThreadsNanos,
        Map<String, Cost> service) {
    /**
     * The cost of one answer.
     *
     * @param nanos the time in nanoseconds
     * @param bytes the allocated memory in bytes
     */
    record Cost(double nanos, double bytes) {}

    Cost cost(Library library, Case asked) {
        Cost cost = costs.getOrDefault(library, Map.of()).get(asked);
        if (cost == null) {
            throw new IllegalStateException(
                    library + " was not measured at " + asked + "; look for the failure in the log of the run");
        }
        return cost;
    }

    /** Returns the cost of a method of {@link ServiceBenchmark} or {@link OcraBenchmark}. */
    Cost service(String method) {
        Cost cost = service.get(method);
        if (cost == null) {
            throw new IllegalStateException(method + " was not measured; look for the failure in the log of the run");
        }
        return cost;
    }

    double floorNanos(HmacAlgorithm algorithm, Case asked) {
        Double nanos = bulkNanos.get(algorithm);
        if (nanos == null) {
            throw new IllegalStateException(
                    "The floor of " + algorithm + " was not measured; look for the failure in the log of the run");
        }
        return nanos / Floor.blocksInBulk(algorithm) * asked.blocks();
    }

    /** Returns the time of a Watchword answer as a multiple of the floor. */
    double toFloor(Library ours, Case asked) {
        return cost(ours, asked).nanos() / floorNanos(ours.algorithm(), asked);
    }

    Library fastestPeer(Case asked) {
        return Library.peers().stream()
                .min(Comparator.comparingDouble(peer -> cost(peer, asked).nanos()))
                .orElseThrow();
    }

    /** Returns the time of a peer's answer as a multiple of Watchword's. */
    double toOurs(Library peer, Case asked) {
        return cost(peer, asked).nanos() / cost(Library.WATCHWORD, asked).nanos();
    }

    /** Returns the throughput of two threads as a multiple of that of one thread. The ideal value is 2. */
    double scaling() {
        return 2 * cost(Library.WATCHWORD, Case.FRESH_WRONG).nanos() / twoThreadsNanos;
    }
}
