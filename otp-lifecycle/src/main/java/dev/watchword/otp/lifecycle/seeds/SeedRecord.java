package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.Place;

/** The result of reading one record of a seed file. A caller MUST NOT put a batch with a bad record into stock. */
public sealed interface SeedRecord {
    /**
     * Returns the position of the record in the file.
     *
     * @return the start of a good record, or the first defect of a bad one
     */
    Place place();

    /**
     * A valid record. Immutable except for the secrets.
     *
     * @param place the start of the record
     * @param seed the seed; the caller MUST {@linkplain Seed#destroy() destroy} it after use
     */
    record Good(Place place, Seed seed) implements SeedRecord {
        /** Creates the record. */
        public Good {
            requireNonNull(place, "place");
            requireNonNull(seed, "seed");
        }
    }

    /**
     * An invalid record, of a seed file or of a file with {@linkplain TokenRecord tokens}. Immutable.
     *
     * @param bad the first defect and its position
     */
    record Bad(BadRecord bad) implements SeedRecord, TokenRecord {
        /** Creates the record. */
        public Bad {
            requireNonNull(bad, "bad");
        }

        @Override
        public Place place() {
            return bad.place();
        }
    }
}
