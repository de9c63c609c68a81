package dev.watchword.otp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.app.support.SampleToken;
import dev.watchword.otp.support.Listings;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the listings of docs/app.md. The listings are the regions of this file, in their order. */
@Tag("R4.5")
class AppListingTest {
    private final List<String> screen = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void equalsTheListingsOfThePage() throws IOException {
        List<String> regions = Listings.ofSource(Path.of("src/test/java/dev/watchword/otp/app/AppListingTest.java"));

        assertEquals(3, regions.size());
        assertEquals(regions, Listings.ofPage(Path.of("../docs/app.md")));
    }

    @Test
    @Tag("R4.3")
    void provisionsAnAppThatShowsCodes() {
        char[] password = "correct horse".toCharArray();
        SecureRandom random = new SecureRandom();
        String serviceId = SampleToken.SERVICE;
        String userId = SampleToken.USER;
        Clock clock = FakeClock.at("2015-08-26T01:30:12Z");

        // region
        PlatformKeyStore keys = Pkcs12KeyStore.open(directory.resolve("keys.p12"), password, random);
        TokenVault vault = TokenVault.at(directory.resolve("vault"), keys, random);

        DevicePublicKey device = vault.prepare(serviceId, userId);
        byte[] received = send(serviceId, userId, device.toBytes()); // with the activation password, over TLS
        SealedAnswer answer = SealedAnswer.fromBytes(received);
        if (vault.provision(answer, serviceId, userId).isEmpty()) {
            show("The answer is not for this device and user.");
        }
        // end
        // region
        for (SoftwareToken token : vault.tokens()) {
            Optional<String> code = token.code(clock.instant());
            show(token.institution() + " " + token.serial() + ": " + code.orElse("expired"));
            show("for " + token.timeLeft(clock.instant()).toSeconds() + " s");
            token.destroy();
        }
        // end

        assertEquals(List.of("とまと信用金庫 243725864: 05310525", "for 48 s"), screen);
    }

    private void show(String text) {
        screen.add(text);
    }

    private static byte[] send(String serviceId, String userId, byte[] device) {
        return answerTo(SampleToken.contents(serviceId, userId), device, new SecureRandom());
    }

    private static byte[] answerTo(TokenContents contents, byte[] received, SecureRandom random) {
        // region
        DevicePublicKey device = DevicePublicKey.fromBytes(received); // IllegalArgumentException: not a key
        return SealedAnswer.seal(contents, device, random).toBytes();
        // end
    }
}
