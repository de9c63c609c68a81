package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.seeds.support.Fuzzed;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import dev.watchword.otp.lifecycle.seeds.support.Signed;
import java.io.ByteArrayInputStream;
import java.util.List;

/** A fuzz target for the PSKC reader. Any bytes yield records or a rejection, in bounded time and memory. */
public final class PskcFuzz {
    private static final SeedLimits LIMITS = SeedLimits.DEFAULT
            .withMaxBytes(1 << 20)
            .withMaxSignedBytes(1 << 20)
            .withMaxRecords(100)
            .withMaxIterations(2000);

    private PskcFuzz() {}

    /**
     * Reads one input with every kind of key, and as a signed file.
     *
     * @param input the bytes of a file
     */
    public static void fuzzerTestOneInput(byte[] input) {
        for (PskcKey key :
                List.of(PskcKey.none(), PskcKey.preShared(SeedFiles.KEY), PskcKey.password("qwerty".toCharArray()))) {
            Fuzzed.read(PskcReader.open(new ByteArrayInputStream(input), key, LIMITS));
        }
        for (PskcSerial serial : PskcSerial.values()) {
            PskcOptions options = PskcOptions.DEFAULT
                    .withSerial(serial)
                    .withMissingCounterIsZero(true)
                    .withLimits(LIMITS);
            Fuzzed.read(PskcReader.open(new ByteArrayInputStream(input), PskcKey.none(), options));
        }
        Fuzzed.read(
                PskcReader.openSigned(new ByteArrayInputStream(input), PskcKey.none(), Signed.RSA.getPublic(), LIMITS));
    }
}
