package dev.watchword.otp.lifecycle.stock;

import static java.util.Objects.requireNonNull;

/** What a record of a seed file turned out to be. A batch with one bad record must not become stock. */
public sealed interface SeedRecord {
    /**
     * Returns where it stands.
     *
     * @return the place of the record, or of what is wrong with it
     */
    Place place();

    /**
     * A record that describes a fob.
     *
     * @param place where it begins
     * @param seed the fob; its secret is the caller's to destroy
     */
    record Good(Place place, Seed seed) implements SeedRecord {
        /** Creates the record. */
        public Good {
            requireNonNull(place, "place");
            requireNonNull(seed, "seed");
        }
    }

    /**
     * A record that must not be used, of this file or of one with {@linkplain TokenRecord tokens}.
     *
     * @param place where the first thing stands that is wrong with it
     * @param problem what is wrong, in words for an operator; nothing secret
     */
    record Bad(Place place, String problem) implements SeedRecord, TokenRecord {
        /** Creates the record. */
        public Bad {
            requireNonNull(place, "place");
            requireNonNull(problem, "problem");
        }

        /**
         * Tells what is wrong, and where.
         *
         * @return the problem and its place
         */
        @Override
        public String toString() {
            return problem + " (" + place + ")";
        }
    }
}
