package dev.watchword.otp.app;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.app.support.SampleToken;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.support.Listings;
import dev.watchword.otp.support.SampleRequest;
import dev.watchword.otp.testing.FakeClock;
import dev.watchword.otp.testing.FakeOcraDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the listings of docs/app.md. The listings are the regions of this file, in their order. */
@Tag("R4.5")
class AppListingTest {
    private final List<String> screen = new ArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private boolean approves = true;

    @TempDir
    private Path directory;

    @Test
    void equalsTheListingsOfThePage() throws IOException {
        List<String> regions = Listings.ofSource(Path.of("src/test/java/dev/watchword/otp/app/AppListingTest.java"));

        assertEquals(6, regions.size());
        assertEquals(regions, Listings.ofPage(Path.of("../docs/app.md")));
    }

    @Test
    @Tag("R4.3")
    void provisionsAnAppThatShowsCodes() {
        char[] password = "correct horse".toCharArray();
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

    private TokenVault signingVault() {
        return TokenVault.at(directory.resolve("vault"), () -> new SecretKeySpec(new byte[32], "AES"), random);
    }

    private byte[] request() {
        TokenVault vault = signingVault();
        TokenContents contents = SampleToken.signingContents();
        DevicePublicKey device = vault.prepare(contents.serviceId(), contents.userId());
        SealedAnswer answer = SealedAnswer.seal(contents, device, random);
        assertTrue(
                vault.provision(answer, contents.serviceId(), contents.userId()).isPresent());
        return sealedRequest(
                SampleRequest.request(), device, contents.signingSecret().orElseThrow());
    }

    private void answerRequest(TokenVault vault, byte[] received) {
        String serviceId = SampleToken.SERVICE;
        String userId = SampleToken.USER;
        Clock clock = FakeClock.at("2015-08-26T01:30:12Z");

        // region
        SealedRequest sealed = SealedRequest.fromBytes(received); // IllegalArgumentException: not a sealed request
        OpenedRequest opened = vault.open(sealed, serviceId, userId, clock.instant());
        if (opened instanceof ReceivedRequest request) {
            show(inWords(request.purpose()));
            request.details().forEach((name, value) -> show(name + ": " + value));
            if (approves(request)) {
                Optional<String> response = vault.approve(request, clock.instant());
                response.ifPresent(text -> respond(request.id(), text));
            } else if (vault.refuse(request, clock.instant())) {
                respond(request.id(), "refused");
            }
        } else {
            show("No request to approve: " + opened);
        }
        // end
    }

    @Test
    @Tag("R13.4")
    void approvesATransactionOnceAndReturnsItsResponseAgain() {
        byte[] received = request();
        TokenVault vault = signingVault();
        SealedRequest sealed = SealedRequest.fromBytes(received);
        String serviceId = SampleToken.SERVICE;
        String userId = SampleToken.USER;
        Clock clock = FakeClock.at("2015-08-26T01:34:59Z");

        answerRequest(vault, received);
        answerRequest(vault, received);
        // region
        Optional<String> again = vault.approvedResponse(sealed, serviceId, userId, clock.instant());
        // end

        SigningRequest request = SampleRequest.request();
        String response = new FakeOcraDevice(
                        SampleToken.SIGNING_SUITE, OtpSecret.copyOf(SampleToken.signingSecret()), clock)
                .respond(request.challenge(SampleToken.SIGNING_SUITE));
        assertEquals(
                List.of(
                        "振込",
                        "受取人: とまと商店",
                        "account: 0123-4567890",
                        "amount: 20000",
                        "currency: JPY",
                        "reference: ",
                        request.id() + " " + response,
                        "No request to approve: ALREADY_ANSWERED"),
                screen);
        assertEquals(Optional.of(response), again);
    }

    @Test
    @Tag("R13.4")
    void refusesATransaction() {
        byte[] received = request();
        approves = false;

        answerRequest(signingVault(), received);

        assertEquals(SampleRequest.request().id() + " refused", screen.get(6));
        assertEquals(7, screen.size());
    }

    private static String inWords(String purpose) {
        return requireNonNull(Map.of("funds-transfer", "振込").get(purpose), "words for each purpose of the institution");
    }

    private boolean approves(ReceivedRequest request) {
        return approves && request.details().size() == 5;
    }

    private void respond(String id, String response) {
        screen.add(id + " " + response);
    }

    private byte[] sealedRequest(SigningRequest request, DevicePublicKey device, OtpSecret signingSecret) {
        // region
        return SealedRequest.seal(request, device, signingSecret, random).toBytes();
        // end
    }
}
