package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Place;

/** The result of reading one record of a file with tokens of another system: {@link Good}, or {@link SeedRecord.Bad}. */
public sealed interface TokenRecord permits TokenRecord.Good, SeedRecord.Bad {
    /**
     * Returns the position of the record in the file.
     *
     * @return the start of a good record, or the first defect of a bad one
     */
    Place place();

    /**
     * A valid record. Immutable except for the secret.
     *
     * @param place the start of the record
     * @param token the token; the caller MUST destroy its secret after use
     */
    record Good(Place place, ForeignToken token) implements TokenRecord {
        /** Creates the record. */
        public Good {
            requireNonNull(place, "place");
            requireNonNull(token, "token");
        }
    }
}
