package dev.watchword.otp.lifecycle.stock;

import static java.util.Objects.requireNonNull;

/** What a record of a file with tokens of another system turned out to be: {@link Good}, or {@link SeedRecord.Bad}. */
public sealed interface TokenRecord permits TokenRecord.Good, SeedRecord.Bad {
    /**
     * Returns where it stands.
     *
     * @return the place of the record, or of what is wrong with it
     */
    Place place();

    /**
     * A record that describes a token.
     *
     * @param place where it begins
     * @param token the token; its secret is the caller's to destroy
     */
    record Good(Place place, ForeignToken token) implements TokenRecord {
        /** Creates the record. */
        public Good {
            requireNonNull(place, "place");
            requireNonNull(token, "token");
        }
    }
}
