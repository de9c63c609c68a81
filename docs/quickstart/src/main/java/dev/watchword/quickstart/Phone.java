package dev.watchword.quickstart;

import static dev.watchword.quickstart.Institution.POLICY;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** The phone outlives the server's process, so its secret lies in a file; in earnest, in the phone's own key store. */
final class Phone {
    private static final String FILE = "phone";

    private Phone() {}

    static void remember(Path folder, OtpSecret secret) throws IOException {
        Files.write(folder.resolve(FILE), secret.exposeBytes());
    }

    /** The app on the phone: it shows a code of eight digits, another one each minute. */
    static FakeAuthenticator app(Path folder, Clock clock) throws IOException {
        OtpSecret secret = OtpSecret.copyOf(Files.readAllBytes(folder.resolve(FILE)));
        return new FakeAuthenticator(POLICY.profile(), secret, clock);
    }
}
