package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The listings of docs/lifecycle.md are the regions of this file, in their order, and run. */
class LifecycleListingTest extends InstitutionFixture {
    private static final Pattern REGION = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL);
    private static final Pattern LISTING = Pattern.compile("```java\n(.*?)\n```\n", Pattern.DOTALL);

    private final List<String> mailed = new ArrayList<>();

    @Test
    void listingsAreRegions() throws IOException {
        String source =
                Files.readString(Path.of("src/test/java/dev/watchword/otp/lifecycle/LifecycleListingTest.java"));

        assertEquals(7, found(REGION, source).count());
        assertEquals(
                found(REGION, source).map(String::stripIndent).toList(),
                found(LISTING, Files.readString(Path.of("../docs/lifecycle.md")))
                        .toList());
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }

    private void mail(MailAddress to, String text) {
        mailed.add(to.value() + " " + text);
    }

    private static void send(byte[] answer) {
        assertEquals(1, answer[0], "the format of a sealed answer");
    }

    private static void show(String text) {
        assertFalse(text.isBlank());
    }

    @Test
    void theLifecycle() {
        // region
        TokenPolicy policy = TokenPolicy.BANK
                .withZone(ZoneId.of("Asia/Tokyo"))
                .withLock(LockPolicy.STANDARD.toBuilder()
                        .firstDelay(Duration.ofSeconds(5))
                        .greatestDelay(Duration.ofMinutes(5))
                        .build())
                .withSoftware(SoftwarePolicy.BANK.toBuilder()
                        .lifetime(Duration.ofDays(3 * 365))
                        .build());
        // end
        follow(policy.withHashing(TestInstitution.FAST_HASHING));
        Holder taro = TARO;
        String again = "4726";
        // region
        tokens.setConfirmationPassword(taro, "hirosaki1").orElseThrow(); // once, or let the application keep it
        CreatedMailCode created =
                tokens.createMailCode(taro, Operation.ISSUE, "taro@example.com").orElseThrow();
        mail(created.destination(), created.code().exposeText() + " confirms your request of " + created.sentAt());
        // end
        String mailCode = mailed.get(0).split(" ", -1)[1];
        DeviceKey key = DeviceKey.generate(DeviceKeyType.P256, new SecureRandom());
        // region
        SoftwareRequest request =
                SoftwareRequest.of("taro@example.com", "4726").enteredAgain("taro@example.com", again);
        Confirmation confirmation = Confirmation.NONE.password("hirosaki1").mailCode(mailCode);
        Outcome<Issued> outcome = tokens.issueSoftware(taro, request, confirmation);
        show(outcome.fold(
                issued -> "Your user ID is " + issued.userId(),
                refused -> "Please correct " + refused.fields())); // empty unless fields are malformed
        // end
        String userId = outcome.orElseThrow().userId().value();
        DevicePublicKey device = key.publicKey();
        // region
        Provisioned provisioned = tokens.provision(userId, "4726", device).orElseThrow();
        send(provisioned.sealedAnswer().toBytes()); // only that device can open it
        // end
        TokenContents contents = key.open(
                        tokens.provision(userId, "4726", device).orElseThrow().sealedAnswer(),
                        TestInstitution.SERVICE_ID.value(),
                        userId)
                .orElseThrow();
        assertEquals(9, contents.serial().length());
        clock.advance(Duration.ofDays(1));
        follow(policy.withHashing(TestInstitution.FAST_HASHING));
        assertAccepted(tokens.cancel(taro, Confirmation.NONE.password("hirosaki1")));
        FakeAuthenticator display = stock(SERIAL);
        // region
        tokens.orderHardware(taro, Confirmation.NONE.password("hirosaki1")).orElseThrow();
        OperatorDesk desk = bank.desk(new Operator("helpdesk-7"));
        desk.assign(taro, "101199980021").orElseThrow();
        desk.send(taro).orElseThrow();
        desk.suspend(taro, SuspensionReason.LOST, "the parcel was not delivered")
                .orElseThrow();
        // end
        assertEquals(RegistrationStatus.SUSPENDED, status(taro));
        assertAccepted(desk.resume(taro, "it was delivered"));
        assertAccepted(tokens.activateHardware(taro, SERIAL.value(), Confirmation.NONE.code(display.code())));
        clock.advance(Duration.ofMinutes(5));
        String code = display.code();
        // region
        Origin origin = Origin.NONE.source("203.0.113.7").reference("TX-20261129-4711");
        Outcome<Registration> transfer = bank.from(origin).tokens().verify(taro, code, Purpose.FUNDS_TRANSFER);
        // end
        assertAccepted(transfer);
        // region
        desk.replaceWithSoftware(taro, SuspensionReason.LOST, request, "proved her identity at the branch")
                .orElseThrow(); // or desk.replaceWithHardware(…)
        // end
    }
}
