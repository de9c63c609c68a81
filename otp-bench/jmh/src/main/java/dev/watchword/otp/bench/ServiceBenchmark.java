package dev.watchword.otp.bench;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.testing.FakeClock;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
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
 * The benchmark of a whole verification by the service, without a database: an accepted code of the bank's policy. Its floor is
 * the cryptography of that verification, by bare calls on initialised objects.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ServiceBenchmark {
    /** An active token of one holder, and a code that the store does not remember. */
    @State(Scope.Thread)
    public static class Active {
        private final Holder holder = new Holder("taro");
        private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        private String code = "";

        @SuppressWarnings("NullAway.Init") // JMH calls the setup method.
        private TokenService tokens;

        /** Activates a token. */
        @Setup
        public void activate() {
            OneHolderStore store = new OneHolderStore();
            KeySource keys = KeySource.of(
                    "test", new SecretKeySpec(new byte[32], "AES"), new SecretKeySpec(new byte[32], "HmacSHA256"));
            tokens = Institution.builder(new ServiceId("10112235"), store, keys)
                    .policy(TokenPolicy.BANK.withConfirmation(ConfirmationPolicy.BY_APPLICATION))
                    .clock(clock)
                    .withoutKeyCheck()
                    .build()
                    .tokens();
            OtpSecret secret = FakePhone.active(tokens, holder, clock).secret();
            clock.advance(TotpProfile.BANK.timeStep());
            code = Totp.of(TotpProfile.BANK, secret).generate(clock.instant());
            store.freeze();
        }

        Outcome<Registration> verify() {
            Outcome<Registration> outcome = tokens.verify(holder, code, Purpose.LOGIN);
            if (!outcome.isAccepted()) {
                throw new IllegalStateException("The code must be accepted: " + outcome);
            }
            return outcome;
        }
    }

    /** The cryptographic objects of the floor, each with its key. */
    @State(Scope.Thread)
    public static class Bare {
        private static final int TAG_BITS = 128;
        private static final int EVENT_BYTES = 200;
        private static final int ROW_BYTES = 300;

        private final SecretKey key = new SecretKeySpec(new byte[32], "AES");
        private final byte[] boundTo = new byte[40];
        private final byte[] step = new byte[8];
        private final byte[] event = new byte[EVENT_BYTES];
        private final byte[] row = new byte[ROW_BYTES];
        private final byte[] nonce = new byte[12];

        @SuppressWarnings("NullAway.Init") // JMH calls the setup method.
        private Cipher cipher;

        @SuppressWarnings("NullAway.Init") // JMH calls the setup method.
        private Mac code;

        @SuppressWarnings("NullAway.Init") // JMH calls the setup method.
        private Mac link;

        private byte[] sealed = {};

        /**
         * Creates the objects.
         *
         * @throws GeneralSecurityException if this JDK does not have an algorithm
         */
        @Setup
        public void initialise() throws GeneralSecurityException {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
            code = Mac.getInstance("HmacSHA1");
            link = Mac.getInstance("HmacSHA256");
            new SecureRandom().nextBytes(nonce);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(boundTo);
            sealed = cipher.doFinal(new byte[20]);
            link.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        }
    }

    /**
     * Verifies an accepted code.
     *
     * @param active the token
     * @return the outcome
     */
    @Benchmark
    public Outcome<Registration> verifyAccepted(Active active) {
        return active.verify();
    }

    /**
     * Opens a secret, computes one code with it, the HMAC of an event, and twice the HMAC of a row.
     *
     * @param bare the objects
     * @return a byte that depends on all of them
     * @throws GeneralSecurityException never, because the objects are initialised
     */
    @Benchmark
    public int cryptography(Bare bare) throws GeneralSecurityException {
        bare.cipher.init(Cipher.DECRYPT_MODE, bare.key, new GCMParameterSpec(Bare.TAG_BITS, bare.nonce));
        bare.cipher.updateAAD(bare.boundTo);
        byte[] secret = bare.cipher.doFinal(bare.sealed);
        bare.code.init(new SecretKeySpec(secret, "HmacSHA1"));
        int result = bare.code.doFinal(bare.step)[0];
        result += bare.link.doFinal(bare.row)[0];
        result += bare.link.doFinal(bare.event)[0];
        return result + bare.link.doFinal(bare.row)[0];
    }
}
