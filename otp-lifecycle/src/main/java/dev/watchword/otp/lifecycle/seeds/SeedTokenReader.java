package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.BadRecord;
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
                return new TokenRecord.Good(good.place(), token.get());
            }
            seed.secret().destroy();
            return new SeedRecord.Bad(
                    new BadRecord(good.place(), "The token has no holder; state one, or remove the record"));
        } catch (IllegalArgumentException e) {
            seed.secret().destroy();
            return new SeedRecord.Bad(new BadRecord(good.place(), String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {
        seeds.close();
    }
}
