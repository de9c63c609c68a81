package dev.watchword.otp.lifecycle.stock;

import java.io.ByteArrayInputStream;
import java.util.List;

/** What a fuzzer asks of the reader of PSKC: any bytes are records or a refusal, in bounded time and memory. */
public final class PskcFuzz {
    private static final SeedLimits LIMITS = new SeedLimits(1 << 20, 1 << 20, 100, 2000);

    private PskcFuzz() {}

    /**
     * Takes one input.
     *
     * @param input a file, whatever is in it
     */
    public static void fuzzerTestOneInput(byte[] input) {
        for (PskcKey key :
                List.of(PskcKey.none(), PskcKey.preShared(SeedFiles.KEY), PskcKey.password("qwerty".toCharArray()))) {
            Fuzzed.read(PskcReader.open(new ByteArrayInputStream(input), key, LIMITS));
        }
        Fuzzed.read(
                PskcReader.openSigned(new ByteArrayInputStream(input), PskcKey.none(), Signed.RSA.getPublic(), LIMITS));
    }
}
