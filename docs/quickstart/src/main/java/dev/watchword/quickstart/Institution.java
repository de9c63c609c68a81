package dev.watchword.quickstart;

import dev.watchword.otp.jdbc.EmbeddedDatabase;
import dev.watchword.otp.lifecycle.FobStock;
import dev.watchword.otp.lifecycle.HistoryVerifier;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.TokenPolicy;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import javax.crypto.spec.SecretKeySpec;

/** The credit union: its service ID, its policy, its operator, and the setup of its tokens. */
final class Institution {
    static final ServiceId SERVICE_ID = new ServiceId("10112235");
    static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
    static final TokenPolicy POLICY = TokenPolicy.BANK;
    static final Operator HELPDESK = new Operator("helpdesk-7");
    static final Holder TARO = new Holder("customer-4711");

    private static final String KEY_FILE = "sealing.key";

    private final EmbeddedDatabase database;
    private final KeySource keys;
    private final Clock clock;

    /** Creates all objects that an application needs. */
    Institution(Path folder, Clock clock) throws IOException {
        database = EmbeddedDatabase.open(folder.resolve("tokens"));
        byte[] key = Files.readAllBytes(folder.resolve(KEY_FILE));
        keys = KeySource.of(
                "2026-11", new SecretKeySpec(key, 0, 32, "AES"), new SecretKeySpec(key, 32, 32, "HmacSHA256"));
        this.clock = clock;
    }

    TokenService tokens() {
        return TokenService.builder(SERVICE_ID, database.tokenStore(), keys, clock)
                .institution("あおもり信用組合")
                .policy(POLICY)
                .numbers(new NumbersOfTheManual())
                .build();
    }

    HistoryVerifier verifier() {
        return HistoryVerifier.of(SERVICE_ID, database.tokenStore(), keys);
    }

    FobStock stock() {
        return FobStock.of(SERVICE_ID, database.tokenStore(), keys, clock, new SecureRandom());
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

    /** The numbers that the manual shows. By default the library draws them at random. */
    private static final class NumbersOfTheManual implements NumberSource {
        @Override
        public UserId userId() {
            return new UserId("999800000001");
        }

        @Override
        public SerialNumber serial() {
            return new SerialNumber("243725864");
        }
    }
}
