package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.Verification;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.SealedAnswer;
import dev.watchword.otp.app.SoftwareToken;
import dev.watchword.otp.lifecycle.Accepted;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.Outcome;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.RegistrationStatus;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenPolicy;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.lifecycle.testing.TokenStoreContract;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The listings of the README are the regions of this file, in their order, and work. */
class ReadmeTest {
    private static final Pattern REGION = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL);
    private static final Pattern LISTING = Pattern.compile("```java\n(.*?)\n```\n", Pattern.DOTALL);

    private final InMemoryTokenStore store = new InMemoryTokenStore();

    @Test
    void listingsAreRegions() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/watchword/otp/jdbc/ReadmeTest.java"));

        assertEquals(4, found(REGION, source).count());
        assertEquals(
                found(REGION, source).map(String::stripIndent).toList(),
                found(LISTING, Files.readString(Path.of("../README.md"))).toList());
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }

    @Test
    void theWholeLife() {
        KeySource keys = KeySource.of(
                "2026-11", new SecretKeySpec(new byte[32], "AES"), new SecretKeySpec(new byte[32], "HmacSHA256"));
        Path file = Path.of("target", "readme-" + UUID.randomUUID());
        Clock clock = FakeClock.at("2026-11-23T09:00:00Z");
        DeviceKey device = DeviceKey.generate(new SecureRandom());
        // region
        TokenPolicy policy = TokenPolicy.BANK.withConfirmation(ConfirmationPolicy.BY_APPLICATION);
        TokenStore store = EmbeddedDatabase.open(file).tokenStore();
        TokenService tokens = TokenService.builder(new ServiceId("10112235"), store, keys, clock)
                .policy(policy)
                .build();
        Holder taro = new Holder("customer-4711");
        SoftwareRequest request = SoftwareRequest.of("taro@example.com", "4726");
        Issued issued = (Issued) tokens.issueSoftware(taro, request, Confirmation.NONE);
        UserId userId = issued.userId(); // what the holder enters in the app, with 4726
        SealedAnswer answer = ((Provisioned) tokens.provision(userId, "4726", device.publicKey())).sealedAnswer();
        String shown = phone(device, answer, userId).code(clock.instant()).orElseThrow(); // what the app shows
        tokens.activateSoftware(taro, Confirmation.NONE.code(shown));
        Outcome login = tokens.verify(taro, "12345678", Purpose.LOGIN); // Accepted, or Refused: why, and tries left
        // end
        assertEquals(RegistrationStatus.ACTIVE, tokens.registration(taro).status());
        assertInstanceOf(Refused.class, login);
    }

    private static SoftwareToken phone(DeviceKey device, SealedAnswer answer, UserId userId) {
        return SoftwareToken.of(device.open(answer, "10112235", userId.value()).orElseThrow());
    }

    @Test
    void onlyCodes() {
        OtpSecret secret = OtpSecret.copyOf(new byte[20]);
        Clock clock = FakeClock.at("2026-11-23T09:00:00Z");
        String entered = Totp.of(TotpProfile.AUTHENTICATOR_APP, secret).generate(clock.instant());
        long lastSpentStep = Totp.NO_STEP;
        boolean letIn = false;
        // region
        Totp totp = Totp.of(TotpProfile.AUTHENTICATOR_APP, secret);
        Verification found = totp.verify(entered, clock.instant(), TotpWindow.ONE_STEP, lastSpentStep);
        if (found instanceof Verification.Matched matched) {
            // record matched.step() atomically before you let anyone in
            letIn = matched.step() > lastSpentStep;
        }
        // end
        assertTrue(letIn);
    }

    @Test
    void testAuthors() {
        // region
        FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        TokenService tokens = InMemoryTokens.on(clock);
        Holder taro = new Holder("taro");
        FakePhone phone = FakePhone.active(tokens, taro, clock);

        assertInstanceOf(Accepted.class, tokens.verify(taro, phone.code(), Purpose.LOGIN));
        assertInstanceOf(Refused.class, tokens.verify(taro, phone.wrongCode(), Purpose.LOGIN));
        // end
    }

    // region
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return TokenStoreContract.checks(() -> store).stream().map(check -> dynamicTest(check.name(), check::run));
    }
    // end
}
