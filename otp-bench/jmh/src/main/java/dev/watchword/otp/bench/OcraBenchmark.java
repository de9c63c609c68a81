package dev.watchword.otp.bench;

import dev.watchword.otp.Ocra;
import dev.watchword.otp.OcraInput;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OcraVerification;
import dev.watchword.otp.OtpSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The benchmark of one OCRA response to a challenge, with a fresh and with a prepared secret. The floor of each is one
 * HMAC of the JDK over the same message, with a key that is initialised for it or before it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class OcraBenchmark {
    /** A challenge, its response and the message of both. */
    @State(Scope.Thread)
    public static class Asked {
        private static final OcraSuite SUITE = OcraSuite.parse("OCRA-1:HOTP-SHA1-8:QN08");
        private static final String CHALLENGE = "12345678";
        private static final int CHALLENGE_LENGTH = 128;

        private final byte[] secret = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
        private final Ocra prepared = Ocra.of(SUITE, OtpSecret.copyOf(secret));
        private byte[] message = {};
        private String response = "";

        @SuppressWarnings("NullAway.Init") // JMH calls the setup method.
        private Mac mac;

        /**
         * Creates the response and the message, and checks that they belong together.
         *
         * @throws GeneralSecurityException if this JDK does not have the HMAC
         */
        @Setup
        public void setUp() throws GeneralSecurityException {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] suite = SUITE.text().getBytes(StandardCharsets.US_ASCII);
            message = Arrays.copyOf(suite, suite.length + 1 + CHALLENGE_LENGTH);
            int number = Integer.parseInt(CHALLENGE) << Byte.SIZE; // six hexadecimal digits, from the left
            for (int i = 1; i < Integer.BYTES; i++) {
                message[suite.length + i] = (byte) (number >> ((Integer.BYTES - i) * Byte.SIZE));
            }
            response = prepared.generate(OcraInput.of(CHALLENGE));
            byte[] hash = mac.doFinal(message);
            int offset = hash[hash.length - 1] & 0xf;
            long truncated = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                truncated = truncated << Byte.SIZE | (hash[offset + i] & 0xff);
            }
            if ((truncated & Integer.MAX_VALUE) % 100_000_000 != Long.parseLong(response)) {
                throw new IllegalStateException("The message of the floor must be the message of the response");
            }
        }

        private OcraVerification verify(Ocra ocra) {
            OcraVerification found = ocra.verify(response, OcraInput.of(CHALLENGE));
            if (!(found instanceof OcraVerification.Matched)) {
                throw new IllegalStateException("The response must be right: " + found);
            }
            return found;
        }
    }

    /**
     * Verifies a response with a prepared secret.
     *
     * @param asked the challenge
     * @return the result
     */
    @Benchmark
    public OcraVerification preparedResponse(Asked asked) {
        return asked.verify(asked.prepared);
    }

    /**
     * Verifies a response with a fresh secret, which a server has just decrypted.
     *
     * @param asked the challenge
     * @return the result
     */
    @Benchmark
    public OcraVerification freshResponse(Asked asked) {
        return asked.verify(Ocra.of(Asked.SUITE, OtpSecret.copyOf(asked.secret)));
    }

    /**
     * Computes an HMAC with an initialised object.
     *
     * @param asked the message
     * @return the HMAC
     */
    @Benchmark
    public byte[] preparedHmac(Asked asked) {
        return asked.mac.doFinal(asked.message);
    }

    /**
     * Initialises an object with a key and computes an HMAC.
     *
     * @param asked the message
     * @return the HMAC
     * @throws GeneralSecurityException never, because the setup has already initialised the object
     */
    @Benchmark
    public byte[] freshHmac(Asked asked) throws GeneralSecurityException {
        asked.mac.init(new SecretKeySpec(asked.secret, "HmacSHA1"));
        return asked.mac.doFinal(asked.message);
    }
}
