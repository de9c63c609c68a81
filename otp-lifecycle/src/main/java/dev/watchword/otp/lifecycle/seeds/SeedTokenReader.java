package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A reader that turns seeds into tokens. */
final class SeedTokenReader extends TokenReader {
    private final SeedReader seeds;
    private final Function<Seed, Optional<ForeignToken>> tokens;

    SeedTokenReader(SeedReader seeds, Function<Seed, Optional<ForeignToken>> tokens) {
        this.seeds = requireNonNull(seeds, "seeds");
        this.tokens = requireNonNull(tokens, "tokens");
    }

    @Override
    @Nullable
    TokenRecord read() {
        if (!seeds.hasNext()) {
            return null;
        }
        SeedRecord record = seeds.next();
        return record instanceof SeedRecord.Good good ? token(good) : (SeedRecord.Bad) record;
    }

    private TokenRecord token(SeedRecord.Good good) {
        Seed seed = good.seed();
        try {
            Optional<ForeignToken> token = tokens.apply(seed);
            if (token.isPresent()) {
                destroySigning(seed);
                return new TokenRecord.Good(good.place(), token.get());
            }
            seed.destroy();
            return new SeedRecord.Bad(new BadRecord(
                    good.place(), RecordProblem.MISSING, "The token has no holder; state one, or remove the record"));
        } catch (IllegalArgumentException e) {
            seed.destroy();
            return new SeedRecord.Bad(
                    new BadRecord(good.place(), RecordProblem.MALFORMED, String.valueOf(e.getMessage())));
        }
    }

    /** A token of another system is taken over without its key for signing, and owns the other secret. */
    private static void destroySigning(Seed seed) {
        SeedSigning signing = seed.signing();
        if (signing != null) {
            signing.secret().destroy();
        }
    }

    @Override
    public void close() {
        seeds.close();
    }
}
