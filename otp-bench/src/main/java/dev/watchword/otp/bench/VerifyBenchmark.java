package dev.watchword.otp.bench;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Verifying one code of 8 digits in a window of one step either side: for a fresh secret, as a server does that has just
 * unsealed it, and for a prepared one. Run {@code java -jar otp-bench/target/benchmarks.jar -prof gc}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class VerifyBenchmark {
    /** What is entered. */
    public enum Entered {
        /** The right code of the current step: found first. */
        CURRENT,
        /** The right code of the step before: found second. */
        LATE,
        /** A wrong code: the whole window, three steps. */
        WRONG
    }

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:30Z");

    /** The hash function. */
    @Param({"SHA1", "SHA256", "SHA512"})
    public HmacAlgorithm algorithm = HmacAlgorithm.SHA1;

    /** What is entered. */
    @Param
    public Entered entered = Entered.CURRENT;

    private TotpProfile profile = TotpProfile.BANK;
    private OtpSecret secret = OtpSecret.copyOf(new byte[OtpSecret.MIN_LENGTH]);
    private Totp prepared = Totp.of(profile, secret);
    private String code = "";

    /** Makes the secret and the code, and looks whether verifying finds what it should. */
    @Setup
    public void setUp() {
        byte[] bytes = new byte[algorithm.hashLength()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (31 * i + 7);
        }
        profile = TotpProfile.of(algorithm, 8, Duration.ofSeconds(60));
        secret = OtpSecret.copyOf(bytes);
        prepared = Totp.of(profile, secret);
        code = switch (entered) {
            case CURRENT -> prepared.generate(NOW);
            case LATE -> prepared.generate(NOW.minus(profile.timeStep()));
            case WRONG -> "00000000";
        };
        boolean matched = fresh() instanceof Verification.Matched;
        if (matched == (entered == Entered.WRONG) || !fresh().equals(prepared())) {
            throw new IllegalStateException("The benchmark does not measure what it says");
        }
    }

    /** A secret that was not seen before. */
    @Benchmark
    public Verification fresh() {
        return Totp.of(profile, secret).verify(code, NOW, TotpWindow.ONE_STEP, Totp.NO_STEP);
    }

    /** A secret whose key is hashed already. */
    @Benchmark
    public Verification prepared() {
        return prepared.verify(code, NOW, TotpWindow.ONE_STEP, Totp.NO_STEP);
    }
}
