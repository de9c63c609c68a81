package dev.watchword.demo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.phone.Owner;
import dev.watchword.demo.stage.StageTime;
import dev.watchword.demo.visit.Bank;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.app.SealedAnswer;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The interface for apps refuses without a detail that an outsider could use. */
class AppTest {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    private static Bank bank;
    private static AppClient app;
    private static DeviceKey device;

    @BeforeAll
    static void open() {
        bank = Bank.open();
        app = new AppClient(bank);
        device = DeviceKey.generate(DeviceKeyType.P256, new SecureRandom());
    }

    @AfterAll
    static void close() {
        bank.close();
    }

    private static String text(DevicePublicKey key) {
        return Base64.getUrlEncoder().encodeToString(key.toBytes());
    }

    private static HttpResponse<String> provision(String userId, String password, DeviceKey key) {
        return app.post(
                "/app/provisioning", "userId", userId, "password", password, "deviceKey", text(key.publicKey()));
    }

    private static void assertRefused(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("{\"code\":\"" + code + "\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "/app/provisioning, userId=123456789012",
        "/app/provisioning, userId=123456789012&password=4726&deviceKey=AQID",
        "/app/provisioning, userId=123456789012&password=4726&deviceKey=@@@",
        "/app/requests, userId=12345678901",
        "/app/requests, user=999800000001",
        "/app/answers, requestId=00000000000000000000000000000000",
        "/app/answers, requestId=0000&response=12345678",
        "/app/answers, requestId=00000000000000000000000000000000&response=1234567890123",
        "/app/answers, requestId=00000000000000000000000000000000&response=approved",
        "/app/answers, requestId=00000000000000000000000000000000&response=12345678&response=12345678"
    })
    void answersAMalformedRequestWithoutADetail(String path, String form) {
        String[] fields = form.split("[&=]", -1);
        HttpResponse<String> answer = app.post(path, fields);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void refusesALongKeyWithoutReadingIt() {
        HttpResponse<String> answer = app.post(
                "/app/provisioning", "userId", "123456789012", "password", "4726", "deviceKey", "A".repeat(1_000_000));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/provisioning", "/app/requests", "/app/answers"})
    void hasNoSessionAndNothingToGet(String path) {
        assertThat(app.get(path).statusCode()).isEqualTo(405);
        assertThat(app.post(path).headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    @Tag("R2.7")
    void answersAnUnknownUserLikeAWrongPassword() {
        String userId = new Owner(bank, "unknown").issue();
        assertRefused(provision("000000000000", "0000", device), "NOT_ACCEPTED");
        assertRefused(provision(userId, "0000", device), "NOT_ACCEPTED");
        assertRefused(provision(userId, "1", device), "NOT_ACCEPTED");
        assertThat(provision(userId, Owner.ACTIVATION_PASSWORD, device).statusCode())
                .isEqualTo(200);
    }

    @Test
    @Tag("R4.3")
    void refusesAnotherServiceBeforeThePasswordIsSpent() {
        String userId = new Owner(bank, "service").issue();
        String key = text(device.publicKey());
        assertRefused(
                app.post(
                        "/app/provisioning",
                        "serviceId",
                        "10112236",
                        "userId",
                        userId,
                        "password",
                        Owner.ACTIVATION_PASSWORD,
                        "deviceKey",
                        key),
                "OTHER_SERVICE");
        assertThat(provision(userId, Owner.ACTIVATION_PASSWORD, device).statusCode())
                .isEqualTo(200);
    }

    @Test
    @Tag("R4.3")
    void givesASecretToOneDeviceOnly() {
        String userId = new Owner(bank, "device").issue();
        HttpResponse<String> answer = provision(userId, Owner.ACTIVATION_PASSWORD, device);
        DeviceKey second = DeviceKey.generate(DeviceKeyType.P256, new SecureRandom());
        assertRefused(provision(userId, Owner.ACTIVATION_PASSWORD, second), "ALREADY_SET_UP");

        SealedAnswer sealed = SealedAnswer.fromBytes(Base64.getUrlDecoder().decode(answer.body()));
        assertThat(second.open(sealed, Owner.SERVICE_ID, userId)).isEmpty();
        assertThat(device.open(sealed, Owner.SERVICE_ID, userId)).isPresent();
        assertThat(provision(userId, "0000", device).statusCode())
                .as("the same device asks again")
                .isEqualTo(200);
    }

    @Test
    @Tag("R4.4")
    void saysWhenTheActivationPasswordIsDead() {
        String userId = new Owner(bank, "dead").issue();
        for (int tries = 0; tries < 5; tries++) {
            assertRefused(provision(userId, "0000", device), "NOT_ACCEPTED");
        }
        assertRefused(provision(userId, Owner.ACTIVATION_PASSWORD, device), "PASSWORD_DEAD");
    }

    @Test
    @Tag("R7.3")
    void saysFromWhenTheNextDeviceCanBeSetUp() {
        Owner owner = new Owner(bank, "next-day");
        String userId = owner.issue();
        HttpResponse<String> answer = provision(userId, Owner.ACTIVATION_PASSWORD, device);
        TokenContents contents = device.open(
                        SealedAnswer.fromBytes(Base64.getUrlDecoder().decode(answer.body())), Owner.SERVICE_ID, userId)
                .orElseThrow();
        FakeAuthenticator shown = new FakeAuthenticator(TotpProfile.BANK, contents.secret(), bank.bean(Clock.class));
        owner.activate(shown.code());
        owner.revoke(shown.code());
        assertThat(owner.issue()).isEqualTo(userId);

        Instant tomorrow = LocalDate.ofInstant(bank.bean(Clock.class).instant(), JAPAN)
                .plusDays(1)
                .atStartOfDay(JAPAN)
                .toInstant();
        HttpResponse<String> early = provision(userId, Owner.ACTIVATION_PASSWORD, device);
        assertThat(early.statusCode()).isEqualTo(422);
        assertThat(early.body()).isEqualTo("{\"code\":\"NOT_YET\",\"notBefore\":\"" + tomorrow + "\"}");

        bank.bean(StageTime.class)
                .move(Duration.between(bank.bean(Clock.class).instant(), tomorrow)
                        .plusSeconds(1));
        assertThat(provision(userId, Owner.ACTIVATION_PASSWORD, device).statusCode())
                .isEqualTo(200);
    }

    @Test
    void knowsNoRequestThatTheBankDidNotMake() {
        String id = "0123456789abcdef0123456789abcdef";
        assertRefused(app.post("/app/answers", "requestId", id, "response", "12345678"), "NO_REQUEST");
        assertRefused(app.post("/app/answers", "requestId", id, "response", "refused"), "NO_REQUEST");
        assertThat(app.post("/app/requests", "userId", "000000000000").body()).isEqualTo("[]");
    }
}
