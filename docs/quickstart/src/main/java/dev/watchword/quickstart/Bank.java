package dev.watchword.quickstart;

import dev.watchword.otp.jdbc.EmbeddedDatabase;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;

/** The credit union: its service ID, its policy, its operator, and the setup of its tokens. */
final class Bank {
    static final ServiceId SERVICE_ID = new ServiceId("10112235");
    static final TokenPolicy POLICY = TokenPolicy.BANK;
    static final Operator HELPDESK = new Operator("helpdesk-7");
    static final Holder TARO = new Holder("customer-4711");

    private static final String KEY_FILE = "sealing.key";

    private Bank() {}

    /** Creates the institution with everything that it needs. */
    static Institution open(Path folder, Clock clock) throws IOException {
        EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("tokens"));
        byte[] key = Files.readAllBytes(folder.resolve(KEY_FILE));
        KeySource keys = KeySource.of(
                "2026-11", new SecretKeySpec(key, 0, 32, "AES"), new SecretKeySpec(key, 32, 32, "HmacSHA256"));
        return Institution.builder(SERVICE_ID, database.tokenStore(), keys)
                .name("あおもり信用組合")
                .policy(POLICY)
                .clock(clock)
                .numbers(new NumbersOfTheManual())
                .build();
    }

    /**
     * Creates the keys that encrypt the secrets and protect the history. In production the keys MUST NOT be stored with
     * the database: use a KMS, an HSM or a mounted file.
     */
    static void createKey(Path folder) throws IOException {
        byte[] key = new byte[64];
        new SecureRandom().nextBytes(key);
        Files.write(folder.resolve(KEY_FILE), key);
    }

    /** The numbers that the manual shows, and the following serial numbers. By default the library draws them at random. */
    private static final class NumbersOfTheManual implements NumberSource {
        private final AtomicInteger nextSerial = new AtomicInteger(243_725_864);

        @Override
        public UserId userId() {
            return new UserId("999800000001");
        }

        @Override
        public SerialNumber serial() {
            return new SerialNumber(Integer.toString(nextSerial.getAndIncrement()));
        }
    }
}
