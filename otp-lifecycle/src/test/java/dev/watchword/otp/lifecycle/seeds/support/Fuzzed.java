package dev.watchword.otp.lifecycle.seeds.support;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.seeds.CsvTokenReader;
import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedFileException;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import dev.watchword.otp.lifecycle.seeds.SeedRecord;
import dev.watchword.otp.lifecycle.seeds.SeedSigning;
import dev.watchword.otp.lifecycle.seeds.TokenRecord;
import java.time.Instant;

/** Checks of a reader on the input of a fuzzer. Every good record must be usable, and every failure must be explained. */
public final class Fuzzed {
    private Fuzzed() {}

    /** Reads a seed file to its end or to its failure. */
    public static void read(SeedReader reader) {
        try (reader) {
            while (reader.hasNext()) {
                if (reader.next() instanceof SeedRecord.Good good) {
                    requireUsable(good.seed());
                }
            }
        } catch (SeedFileException e) {
            requireReadable(e);
        }
    }

    /** Reads a file with tokens to its end or to its failure. */
    public static void readTokens(CsvTokenReader reader) {
        try (reader) {
            while (reader.hasNext()) {
                if (reader.next() instanceof TokenRecord.Good good
                        && good.token().secret().exposeBytes().length < OtpSecret.MIN_LENGTH) {
                    throw new AssertionError("a token that must not be used: " + good.token());
                }
            }
        } catch (SeedFileException e) {
            requireReadable(e);
        }
    }

    private static void requireReadable(SeedFileException e) {
        if (e.getMessage() == null || e.getMessage().length() > 2000) {
            throw new AssertionError("not a message for an operator", e);
        }
    }

    private static void requireUsable(Seed seed) {
        Instant starts = seed.startsAt();
        Instant expires = seed.expiresAt();
        SeedSigning signing = seed.signing();
        if (seed.secret().exposeBytes().length < OtpSecret.MIN_LENGTH
                || (signing != null && signing.secret().exposeBytes().length < OtpSecret.MIN_LENGTH)
                || (starts != null && expires != null && !starts.isBefore(expires))) {
            throw new AssertionError("a seed that must not be used: " + seed);
        }
    }
}
