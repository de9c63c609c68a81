package dev.watchword.demo.hardware;

import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import dev.watchword.otp.lifecycle.seeds.SeedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The hardware tokens of the maker's files. The secrets are read for one request and destroyed after it. */
@Component
@Profile("demo")
class HardwareTokens {
    private static final List<SeedFile> GOOD = List.of(SeedFile.FIRST, SeedFile.KEYPAD, SeedFile.SECOND);

    private final Maker maker;

    HardwareTokens(Maker maker) {
        this.maker = maker;
    }

    /** Returns the tokens with dark displays, in the order of their serial numbers. */
    List<HardwareToken> all() {
        List<HardwareToken> all = new ArrayList<>();
        forEach(seed -> {
            all.add(HardwareToken.of(seed));
            return Optional.empty();
        });
        return all;
    }

    /** Returns what a function makes of the seed with a serial number; empty if no token has it. */
    Optional<HardwareToken> with(String serial, Function<Seed, HardwareToken> function) {
        return forEach(
                seed -> seed.serial().value().equals(serial) ? Optional.of(function.apply(seed)) : Optional.empty());
    }

    /** Passes each seed to a function until it returns a result. */
    private Optional<HardwareToken> forEach(Function<Seed, Optional<HardwareToken>> function) {
        for (SeedFile file : GOOD) {
            try (SeedReader reader = file.reader(maker.open(file))) {
                while (reader.hasNext()) {
                    if (reader.next() instanceof SeedRecord.Good good) {
                        Optional<HardwareToken> found = used(good.seed(), function);
                        if (found.isPresent()) {
                            return found;
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<HardwareToken> used(Seed seed, Function<Seed, Optional<HardwareToken>> function) {
        try {
            return function.apply(seed);
        } finally {
            seed.destroy();
        }
    }
}
