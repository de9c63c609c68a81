package dev.watchword.otp.bench;

import dev.watchword.otp.HmacAlgorithm;
import java.util.Comparator;
import java.util.Map;

/**
 * What was measured.
 *
 * @param costs what each library costs in each case
 * @param bulkNanos how long hashing in bulk takes
 * @param twoThreadsNanos how long each of two threads takes for ours at {@link Case#FRESH_WRONG}
 */
record Figures(Map<Library, Map<Case, Cost>> costs, Map<HmacAlgorithm, Double> bulkNanos, double twoThreadsNanos) {
    /**
     * What one answer costs.
     *
     * @param nanos the time in nanoseconds
     * @param bytes what is allocated
     */
    record Cost(double nanos, double bytes) {}

    Cost cost(Library library, Case asked) {
        Cost cost = costs.getOrDefault(library, Map.of()).get(asked);
        if (cost == null) {
            throw new IllegalStateException(library + " was not measured at " + asked + "; see the log of the run");
        }
        return cost;
    }

    double floorNanos(HmacAlgorithm algorithm, Case asked) {
        Double nanos = bulkNanos.get(algorithm);
        if (nanos == null) {
            throw new IllegalStateException("The floor of " + algorithm + " was not measured; see the log of the run");
        }
        return nanos / Floor.blocksInBulk(algorithm) * asked.blocks();
    }

    /** How many times the floor one of ours takes. */
    double toFloor(Library ours, Case asked) {
        return cost(ours, asked).nanos() / floorNanos(ours.algorithm(), asked);
    }

    Library fastestPeer(Case asked) {
        return Library.peers().stream()
                .min(Comparator.comparingDouble(peer -> cost(peer, asked).nanos()))
                .orElseThrow();
    }

    /** How many times as long as ours a peer takes. */
    double toOurs(Library peer, Case asked) {
        return cost(peer, asked).nanos() / cost(Library.WATCHWORD, asked).nanos();
    }

    /** How much more two threads do than one: 2 at best. */
    double scaling() {
        return 2 * cost(Library.WATCHWORD, Case.FRESH_WRONG).nanos() / twoThreadsNanos;
    }
}
