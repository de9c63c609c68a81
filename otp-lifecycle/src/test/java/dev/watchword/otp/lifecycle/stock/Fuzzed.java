package dev.watchword.otp.lifecycle.stock;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.SeedFileException;
import java.time.Instant;

/** Reads what a fuzzer made, and looks whether what comes out of it could be stock. */
final class Fuzzed {
    private Fuzzed() {}

    static void read(SeedReader reader) {
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

    static void readTokens(CsvTokenReader reader) {
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
        if (seed.secret().exposeBytes().length < OtpSecret.MIN_LENGTH
                || (starts != null && expires != null && !starts.isBefore(expires))) {
            throw new AssertionError("a seed that must not be used: " + seed);
        }
    }
}
