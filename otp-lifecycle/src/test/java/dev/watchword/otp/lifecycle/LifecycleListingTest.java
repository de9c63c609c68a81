package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
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

/** The listings of docs/lifecycle.md are the regions of this file, in their order, and work. */
class LifecycleListingTest extends TokenServiceFixture {
    private static final Pattern REGION = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL);
    private static final Pattern LISTING = Pattern.compile("```java\n(.*?)\n```\n", Pattern.DOTALL);

    private final List<String> mailed = new ArrayList<>();

    @Test
    void listingsAreRegions() throws IOException {
        String source =
                Files.readString(Path.of("src/test/java/dev/watchword/otp/lifecycle/LifecycleListingTest.java"));

        assertEquals(5, found(REGION, source).count());
        assertEquals(
                found(REGION, source).map(String::stripIndent).toList(),
                found(LISTING, Files.readString(Path.of("../docs/lifecycle.md")))
                        .toList());
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }

    private void mail(MailAddress to, String text) {
        mailed.add(to.text() + text);
    }

    private static void send(byte[] answer) {
        assertEquals(1, answer[0], "the format of a sealed answer");
    }

    @Test
    void theLife() {
        // region
        TokenPolicy policy = TokenPolicy.BANK
                .withZone(ZoneId.of("Asia/Tokyo"))
                .withLock(LockPolicy.STANDARD.withDelay(Duration.ofSeconds(5), Duration.ofMinutes(5)))
                .withSoftware(SoftwarePolicy.BANK.withLifetime(Duration.ofDays(3 * 365)));
        // end
        follow(policy.withHashing(HashingPolicy.FOR_TESTS));
        Holder taro = TARO;
        String again = "4726";
        // region
        tokens.setConfirmationPassword(taro, "hirosaki1"); // once, or let the application keep it
        if (tokens.makeMailCode(taro, Operation.ISSUE, "taro@example.com") instanceof MailCodeMade made) {
            mail(made.destination(), made.code() + " confirms your request of " + made.sentAt());
        }
        // end
        String mailCode = mailed.get(0).substring("taro@example.com".length(), "taro@example.com".length() + 8);
        DeviceKey key = DeviceKey.generate(DeviceKeyType.P256, new SecureRandom());
        // region
        SoftwareRequest request = new SoftwareRequest("taro@example.com", "taro@example.com", "4726", again);
        Confirmation confirmation = Confirmation.NONE.password("hirosaki1").mailCode(mailCode);
        IssueOutcome outcome = tokens.issueSoftware(taro, request, confirmation); // Issued, Refused or InvalidFields
        // end
        UserId userId = assertInstanceOf(Issued.class, outcome).userId();
        DevicePublicKey device = key.publicKey();
        // region
        if (tokens.provision(userId, "4726", device) instanceof Provisioned provisioned) {
            byte[] answer = provisioned.sealedAnswer().toBytes(); // only that device can open it
            send(answer);
        }
        // end
        TokenContents contents = key.open(
                        assertInstanceOf(Provisioned.class, tokens.provision(userId, "4726", device))
                                .sealedAnswer(),
                        InMemoryTokens.SERVICE_ID.value(),
                        userId.value())
                .orElseThrow();
        assertEquals(9, contents.serial().length());
        clock.advance(Duration.ofDays(1));
        follow(policy.withHashing(HashingPolicy.FOR_TESTS));
        assertAccepted(tokens.cancel(taro, Confirmation.NONE.password("hirosaki1")));
        stock(SERIAL);
        // region
        tokens.orderFob(taro, Confirmation.NONE.password("hirosaki1"));
        OperatorDesk desk = tokens.desk(new Operator("helpdesk-7"));
        desk.assign(taro, new SerialNumber("101199980021"));
        desk.send(taro);
        desk.suspend(taro, SuspensionReason.LOST, "the parcel was not delivered");
        // end
        assertEquals(RegistrationStatus.SUSPENDED, status(taro));
    }
}
