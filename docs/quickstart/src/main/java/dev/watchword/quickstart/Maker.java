package dev.watchword.quickstart;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcWriter;
import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedLabel;
import dev.watchword.otp.lifecycle.seeds.SeedProfile;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * The manufacturer of the hardware tokens. It delivers them with a file of their secrets, encrypted under a password.
 */
final class Maker {
    static final String PASSWORD = "agreed by telephone";
    static final SerialNumber TOKEN = new SerialNumber("101199980021");
    static final SerialNumber NEXT_TOKEN = new SerialNumber("101199980022");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PskcWriter file;
    private final Clock clock;

    private Maker(PskcWriter file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    interface Production {
        void of(Maker maker);
    }

    /** Produces hardware tokens and the file of their secrets. */
    static void deliver(Path file, Clock clock, Production production) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                PskcWriter writer = PskcWriter.open(out, PskcKey.password(PASSWORD.toCharArray()), RANDOM)) {
            production.of(new Maker(writer, clock));
        }
    }

    /** Produces a hardware token and returns its display. */
    FakeAuthenticator token(SerialNumber serial, Instant expiresAt) {
        OtpSecret secret = OtpSecret.random(Bank.POLICY.codes().profile().algorithm(), RANDOM);
        SeedProfile profile = new SeedProfile.ForTotp(Bank.POLICY.codes().profile(), 0, 0);
        file.write(Seed.builder()
                .serial(serial)
                .secret(secret)
                .profile(profile)
                .expiresAt(expiresAt)
                .labels(Map.of(SeedLabel.MANUFACTURER, "TokenMaker"))
                .build());
        FakeAuthenticator display = new FakeAuthenticator(Bank.POLICY.codes().profile(), secret, clock);
        secret.destroy();
        return display;
    }
}
