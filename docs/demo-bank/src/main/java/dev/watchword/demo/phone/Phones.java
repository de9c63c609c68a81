package dev.watchword.demo.phone;

import dev.watchword.otp.app.Pkcs12KeyStore;
import dev.watchword.otp.app.TokenVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The phones of the demonstration. Each has a directory, which all instances of the bank share. */
@Component
@Profile("demo")
class Phones {
    /** The names of the phones. No other name reaches the file system. */
    static final List<String> NAMES =
            List.of("taro", "taro-new", "hanako", "hanako-new", "jiro", "jiro-new", "yuki", "yuki-new");

    /** A real phone keeps the key of the vault in hardware, under its screen lock. */
    static final String SCREEN_LOCK = "screen lock of the phone";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private final BankConnection bank;
    private final Clock clock;

    Phones(@Value("${demo.directory}") String directory, BankConnection bank, Clock clock) {
        this.directory = Path.of(directory, "phones");
        this.bank = bank;
        this.clock = clock;
    }

    /** Opens the app on a phone for one request, because another instance may change its files. */
    Optional<PhoneApp> open(String name) {
        return NAMES.contains(name)
                ? Optional.of(new PhoneApp(vault(directory.resolve(name)), bank, clock))
                : Optional.empty();
    }

    private static TokenVault vault(Path phone) {
        try {
            Files.createDirectories(phone);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Pkcs12KeyStore keys = Pkcs12KeyStore.open(phone.resolve("keys.p12"), SCREEN_LOCK.toCharArray(), RANDOM);
        return TokenVault.at(phone.resolve("vault"), keys, RANDOM);
    }
}
