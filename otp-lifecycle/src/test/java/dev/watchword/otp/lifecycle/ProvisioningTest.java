package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.model.Answer;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An app gets its secret once, with the activation password, on one device. */
class ProvisioningTest extends InstitutionFixture {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PASSWORD = FakePhone.ACTIVATION_PASSWORD;

    private final DeviceKey device = DeviceKey.generate(DeviceKeyType.P256, RANDOM);
    private final DeviceKey otherDevice = DeviceKey.generate(DeviceKeyType.P256, RANDOM);

    private UserId issued(Holder holder) {
        return tokens.issueSoftware(holder, REQUEST, Confirmation.NONE)
                .orElseThrow()
                .userId();
    }

    private Refusal refusal(UserId userId, String password, DeviceKey key) {
        Outcome<Provisioned> outcome = tokens.provision(userId.value(), password, key.publicKey());
        assertEquals(Answer.NOT_ACCEPTED, outcome.answer());
        return refused(outcome).refusal();
    }

    @CanIgnoreReturnValue
    private Provisioned provision(UserId userId, DeviceKey key) {
        return tokens.provision(userId.value(), PASSWORD, key.publicKey()).orElseThrow();
    }

    private Optional<TokenContents> open(Provisioned provisioned, UserId userId, DeviceKey key) {
        return key.open(provisioned.sealedAnswer(), TestInstitution.SERVICE_ID.value(), userId.value());
    }

    @ParameterizedTest
    @Tag("R4.3")
    @Tag("R4.6")
    @EnumSource
    void sealsAllOfTheTokenToTheDevice(DeviceKeyType type) {
        UserId userId = issued(TARO);
        clock.advance(Duration.ofMinutes(7));
        DeviceKey key = DeviceKey.generate(type, RANDOM);

        Provisioned provisioned = provision(userId, key);

        TokenContents contents = open(provisioned, userId, key).orElseThrow();
        TokenInfo info = requireNonNull(pending(TARO).token());
        assertEquals(info.serial().value(), contents.serial());
        assertEquals(TokenPolicy.BANK.codes().profile(), contents.profile());
        assertEquals(TestInstitution.SERVICE_ID.value(), contents.institution());
        assertEquals(Instant.parse("2026-11-23T09:07:00.123456Z"), contents.start());
        assertEquals(info.provisionedAt(), contents.start());
        assertEquals(info.expiresAt(), contents.expiry());
        assertEquals(Optional.empty(), open(provisioned, userId, otherDevice));
        assertEquals(
                Answer.ACCEPTED,
                tokens.provision(userId.value(), PASSWORD, key.publicKey()).answer());
    }

    @Test
    @Tag("R4.3")
    void namesTheInstitution() {
        tokens = TestInstitution.builder(store, clock).name("青森信用組合").build().tokens();
        UserId userId = issued(TARO);

        assertEquals(
                "青森信用組合",
                open(provision(userId, device), userId, device).orElseThrow().institution());
    }

    @Test
    @Tag("R4.3")
    void answersTheSameDeviceAgainWithinTheGraceTimeAndNoOtherEver() {
        UserId userId = issued(TARO);
        TokenContents first = open(provision(userId, device), userId, device).orElseThrow();
        Duration grace = TokenPolicy.BANK.software().grace();

        assertEquals(Refusal.ALREADY_PROVISIONED, refusal(userId, PASSWORD, otherDevice));
        clock.advance(grace.minusNanos(1_000));
        TokenContents second = open(provision(userId, device), userId, device).orElseThrow();
        assertEquals(first.secret(), second.secret());
        assertEquals(first.start(), second.start());
        clock.advance(Duration.ofNanos(1_000));
        assertEquals(Refusal.ALREADY_PROVISIONED, refusal(userId, PASSWORD, device));
        assertEquals(List.of(EventType.ISSUED, EventType.PROVISIONED, EventType.PROVISIONED_AGAIN), history(TARO));
    }

    @Test
    @Tag("R4.3")
    @Tag("R4.7")
    void answersNobodyAfterTheActivation() {
        FakePhone phone = FakePhone.issued(tokens, TARO, clock);
        UserId userId = requireNonNull(tokens.registration(TARO).userId());
        assertAccepted(tokens.activateSoftware(TARO, code(phone.code())));

        assertEquals(Refusal.NOT_ISSUED, refusal(userId, PASSWORD, device));
    }

    @Test
    @Tag("R4.4")
    void killsThePasswordWhenItsTriesAreUsedUp() {
        UserId userId = issued(TARO);
        for (int i = 0; i < TokenPolicy.BANK.software().passwordTries(); i++) {
            assertEquals(Refusal.WRONG_ACTIVATION_PASSWORD, refusal(userId, "9999", device));
        }

        assertEquals(Refusal.ACTIVATION_PASSWORD_DEAD, refusal(userId, PASSWORD, device));
        assertEquals(RegistrationStatus.ISSUED, status(TARO));
        assertNull(requireNonNull(stored().provisioning()).password());
        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));
        provision(issued(TARO), device);
    }

    @Test
    @Tag("R4.4")
    void killsThePasswordWhenItsTimeIsUp() {
        UserId userId = issued(TARO);
        clock.advance(TokenPolicy.BANK.software().passwordLifetime());

        assertEquals(Refusal.ACTIVATION_PASSWORD_DEAD, refusal(userId, PASSWORD, device));
    }

    @Test
    @Tag("R4.4")
    void itsTriesAreNotThoseOfTheCodes() {
        UserId userId = issued(TARO);
        assertEquals(Refusal.WRONG_ACTIVATION_PASSWORD, refusal(userId, "9999", device));
        Token token = stored();

        assertEquals(Failures.NONE, token.failures());
        assertEquals(1, requireNonNull(token.provisioning()).failures());
    }

    private Token stored() {
        return requireNonNull(
                store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow().pendingToken());
    }

    @Test
    @Tag("R4.4")
    @Tag("R10.1")
    void keepsThePasswordAsASealedHashUntilItIsUsed() {
        UserId userId = issued(TARO);
        SealedSecret kept =
                requireNonNull(requireNonNull(stored().provisioning()).password());
        assertEquals(
                -1,
                Collections.indexOfSubList(boxed(kept.bytes()), boxed(PASSWORD.getBytes(StandardCharsets.US_ASCII))));

        provision(userId, device);

        assertNull(requireNonNull(stored().provisioning()).password());
    }

    private static List<Byte> boxed(byte[] bytes) {
        Byte[] boxed = new Byte[bytes.length];
        Arrays.setAll(boxed, i -> bytes[i]);
        return List.of(boxed);
    }

    @Test
    @Tag("R2.7")
    @Tag("R4.4")
    void refusesUnknownUserIdsAndHardwareTokens() {
        assertEquals(Refusal.UNKNOWN_HOLDER, refusal(new UserId("999800000001"), PASSWORD, device));
        send(TARO, SERIAL);
        assertEquals(
                Refusal.NOT_ISSUED,
                refusal(requireNonNull(tokens.registration(TARO).userId()), PASSWORD, device));
    }

    @Test
    @Tag("R2.4")
    void answersNobodyWhileTheTokenIsSuspended() {
        UserId userId = issued(TARO);
        assertAccepted(desk.suspend(TARO, SuspensionReason.STOLEN, "asked by the branch"));

        assertEquals(Refusal.SUSPENDED, refusal(userId, PASSWORD, device));
    }

    @Test
    @Tag("R4.3")
    void theSameDeviceGetsItsAnswerAgainThreeTimesAndNoMore() {
        UserId userId = issued(TARO);
        provision(userId, device);
        for (int repeat = 1; repeat <= 3; repeat++) {
            provision(userId, device);
        }

        assertEquals(Refusal.ALREADY_PROVISIONED, refusal(userId, PASSWORD, device));
        assertEquals(3, Collections.frequency(history(TARO), EventType.PROVISIONED_AGAIN));
    }

    @Test
    @Tag("R10.1")
    void burnsNothingWhenTheKeyIsLost() {
        UserId userId = issued(TARO);
        KeySource other = KeySource.of(
                "other", new SecretKeySpec(new byte[32], "AES"), new SecretKeySpec(new byte[32], "HmacSHA256"));
        TokenService lost = Institution.builder(TestInstitution.SERVICE_ID, store, other)
                .clock(clock)
                .policy(TestInstitution.POLICY)
                .build()
                .tokens();

        assertThrows(KeyUnavailableException.class, () -> lost.provision(userId.value(), PASSWORD, device.publicKey()));
        provision(userId, device);
    }

    @Test
    @Tag("R4.3")
    void twoDevicesAtOnceAreOneProvisioning() {
        UserId userId = issued(TARO);
        boolean[] overtaken = {false};
        TokenService slow = TestInstitution.builder(
                        new ForwardingStore(store) {
                            @Override
                            public CommitResult commit(EnrolmentChange change) {
                                if (!overtaken[0]) {
                                    overtaken[0] = true;
                                    provision(userId, otherDevice);
                                }
                                return super.commit(change);
                            }
                        },
                        clock)
                .build()
                .tokens();

        Outcome<Provisioned> late = slow.provision(userId.value(), PASSWORD, device.publicKey());

        assertEquals(Refused.<Provisioned>of(Refusal.ALREADY_PROVISIONED), late);
    }
}
