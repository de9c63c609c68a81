package dev.watchword.quickstart;

import static dev.watchword.quickstart.Institution.POLICY;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the holder looks at: a phone's app, or a fob, that shows a code of eight digits, another one each minute. */
final class Display {
    private static final String FILE = "phone";

    private final OtpSecret secret;
    private final Totp totp;
    private final Clock clock;

    private Display(OtpSecret secret, Clock clock) {
        this.secret = secret;
        this.totp = Totp.of(POLICY.profile(), secret);
        this.clock = clock;
    }

    static Display withSecret(OtpSecret secret, Clock clock) {
        return new Display(secret, clock);
    }

    /** The phone outlives the server's process. In earnest its secret lies in the phone's own key store. */
    static Display asRemembered(Path folder, Clock clock) throws IOException {
        return new Display(OtpSecret.copyOf(Files.readAllBytes(folder.resolve(FILE))), clock);
    }

    void remember(Path folder) throws IOException {
        Files.write(folder.resolve(FILE), secret.exposeBytes());
    }

    String code() {
        return codeOf(0);
    }

    /** A code that it shows at no time near now. */
    String wrongCode() {
        Set<String> near = IntStream.rangeClosed(-2, 2).mapToObj(this::codeOf).collect(Collectors.toSet());
        return IntStream.range(10_000_000, 10_000_010)
                .mapToObj(Integer::toString)
                .filter(code -> !near.contains(code))
                .findFirst()
                .orElseThrow();
    }

    private String codeOf(int step) {
        return totp.generate(clock.instant().plus(POLICY.profile().timeStep().multipliedBy(step)));
    }
}
