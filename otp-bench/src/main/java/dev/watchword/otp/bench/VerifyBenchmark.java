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
 * Verifying one code of 8 digits in a window of one step either side, by each library: for a fresh secret, as a server does
 * that has just unsealed it, and for a prepared one; and hashing in bulk, which is the floor under them. {@link Ratios}
 * runs it and compares; by hand it is {@code java -jar otp-bench/target/benchmarks.jar -prof gc}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class VerifyBenchmark {
    /** Who is asked what. */
    @State(Scope.Thread)
    public static class Asked {
        /** Who is asked. */
        @Param
        public Library library = Library.WATCHWORD;

        /** What is entered. */
        @Param
        public Entered entered = Entered.WRONG;

        @SuppressWarnings("NullAway.Init") // JMH sets it up.
        Verifier verifier;

        /**
         * Makes the question, and looks whether the library answers it rightly.
         *
         * @throws GeneralSecurityException if a library cannot work on this JDK
         */
        @Setup
        public void setUp() throws GeneralSecurityException {
            verifier = library.verifier(entered);
        }
    }

    /** What is hashed in bulk. */
    @State(Scope.Thread)
    public static class Bulk {
        static final int LENGTH = 64 * 1024;

        /** The hash function. */
        @Param
        public HmacAlgorithm algorithm = HmacAlgorithm.SHA1;

        @SuppressWarnings("NullAway.Init") // JMH sets it up.
        MessageDigest digest;

        final byte[] bytes = new byte[LENGTH];

        /**
         * Takes the JDK's own hash function.
         *
         * @throws NoSuchAlgorithmException if this JDK has none
         */
        @Setup
        public void setUp() throws NoSuchAlgorithmException {
            digest = MessageDigest.getInstance(Floor.hashName(algorithm));
        }
    }

    /**
     * A secret that was not seen before.
     *
     * @param asked who is asked what
     * @return the answer
     * @throws GeneralSecurityException never, after it was set up
     */
    @Benchmark
    public Object fresh(Asked asked) throws GeneralSecurityException {
        return asked.verifier.fresh();
    }

    /**
     * A secret of which all that can be is prepared.
     *
     * @param asked who is asked what
     * @return the answer
     * @throws GeneralSecurityException never, after it was set up
     */
    @Benchmark
    public Object prepared(Asked asked) throws GeneralSecurityException {
        return asked.verifier.prepared();
    }

    /**
     * The JDK's hash function at its fastest.
     *
     * @param bulk what is hashed
     * @return the hash
     */
    @Benchmark
    public byte[] floor(Bulk bulk) {
        return bulk.digest.digest(bulk.bytes);
    }
}
