package dev.watchword.otp.bench;

import dev.watchword.otp.HmacAlgorithm;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 * The benchmark of one verification: a code of 8 digits in a window of one step to either side, by each library. It
 * measures a fresh secret, which a server has just decrypted, and a prepared one. It also measures hashing in bulk,
 * which is the floor of both.
 *
 * <p>{@link Ratios} runs the benchmark and compares the results. To run it by hand, use
 * {@code java -jar otp-bench/jmh/target/benchmarks.jar -prof gc}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class VerifyBenchmark {
    /** A library and the kind of code that it verifies. */
    @State(Scope.Thread)
    public static class Asked {
        /** The library. */
        @Param
        public Library library = Library.WATCHWORD;

        /** The kind of code that is entered. */
        @Param
        public Entered entered = Entered.WRONG;

        @SuppressWarnings("NullAway.Init") // JMH calls the setup method.
        Verifier verifier;

        /**
         * Creates the verifier, and checks that the library answers correctly.
         *
         * @throws GeneralSecurityException if the library does not work on this JDK
         */
        @Setup
        public void setUp() throws GeneralSecurityException {
            verifier = library.verifier(entered);
        }
    }

    /** The bytes that are hashed in bulk. */
    @State(Scope.Thread)
    public static class Bulk {
        static final int LENGTH = 64 * 1024;

        /** The hash function. */
        @Param
        public HmacAlgorithm algorithm = HmacAlgorithm.SHA1;

        @SuppressWarnings("NullAway.Init") // JMH calls the setup method.
        MessageDigest digest;

        final byte[] bytes = new byte[LENGTH];

        /**
         * Creates the JDK's hash function.
         *
         * @throws NoSuchAlgorithmException if this JDK does not have it
         */
        @Setup
        public void setUp() throws NoSuchAlgorithmException {
            digest = MessageDigest.getInstance(Floor.hashName(algorithm));
        }
    }

    /**
     * Verifies a code with a fresh secret.
     *
     * @param asked the library and the kind of code
     * @return the library's answer
     * @throws GeneralSecurityException never, because the setup has already called the library
     */
    @Benchmark
    public Object fresh(Asked asked) throws GeneralSecurityException {
        return asked.verifier.fresh();
    }

    /**
     * Verifies a code with a prepared secret.
     *
     * @param asked the library and the kind of code
     * @return the library's answer
     * @throws GeneralSecurityException never, because the setup has already called the library
     */
    @Benchmark
    public Object prepared(Asked asked) throws GeneralSecurityException {
        return asked.verifier.prepared();
    }

    /**
     * Hashes in bulk, which is the fastest use of the JDK's hash function.
     *
     * @param bulk the bytes to hash
     * @return the hash
     */
    @Benchmark
    public byte[] floor(Bulk bulk) {
        return bulk.digest.digest(bulk.bytes);
    }
}
