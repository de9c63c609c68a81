package dev.watchword.otp.lifecycle.seeds;

import java.util.Optional;
import java.util.function.Function;

/**
 * A reader of tokens that are in use in another system: {@link CsvTokenReader}, or a {@link SeedReader} whose seeds get their
 * holders from the caller.
 */
public abstract sealed class TokenReader extends RecordReader<TokenRecord> permits CsvTokenReader, SeedTokenReader {
    TokenReader() {}

    /**
     * Returns a reader of the tokens that a seed file describes, such as a PSKC file that the other system exported. The file
     * does not name the institution's holders. The reader destroys the key for signing of a seed, because a migration takes
     * over codes only.
     *
     * @param seeds the reader of the seed file; closing the result closes it
     * @param tokens turns each seed into a token, usually with {@link ForeignToken#of(Seed,
     *     dev.watchword.otp.lifecycle.model.Holder)}; empty if the seed has no holder, which makes its record bad. An {@link
     *     IllegalArgumentException} also makes the record bad, and its message becomes the problem
     * @return the reader
     */
    public static TokenReader ofSeeds(SeedReader seeds, Function<Seed, Optional<ForeignToken>> tokens) {
        return new SeedTokenReader(seeds, tokens);
    }
}
