package dev.watchword.otp.app;

import static dev.watchword.otp.app.support.SampleToken.SERVICE;
import static dev.watchword.otp.app.support.SampleToken.START;
import static dev.watchword.otp.app.support.SampleToken.USER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.Ocra;
import dev.watchword.otp.OcraInput;
import dev.watchword.otp.OcraVerification;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.app.support.PlainText;
import dev.watchword.otp.app.support.SampleToken;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.support.SampleRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of signing by a {@link TokenVault}: approval, refusal, replays, swaps, expiry and failures. */
@Tag("R13.4")
class SigningVaultTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String OTHER_USER = "999800000002";
    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");
    private static final OtpSecret SECRET = OtpSecret.copyOf(SampleToken.signingSecret());
    private static final SigningRequest REQUEST = SampleRequest.request();
    private static final Instant NOW = START.plusSeconds(60);

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("vault");
    }

    /** Opens the vault again, as an app does after a restart. */
    private TokenVault vault() {
        return TokenVault.at(file(), () -> KEY, RANDOM);
    }

    private DevicePublicKey provisioned(TokenContents contents) {
        return provisioned(DeviceKeyType.P256, contents);
    }

    private DevicePublicKey provisioned(DeviceKeyType type, TokenContents contents) {
        DevicePublicKey device = vault().prepare(type, contents.serviceId(), contents.userId());
        SealedAnswer answer = SealedAnswer.seal(contents, device, RANDOM);
        assertTrue(vault().provision(answer, contents.serviceId(), contents.userId())
                .isPresent());
        return device;
    }

    private static SealedRequest sealed(SigningRequest request, DevicePublicKey device) {
        return SealedRequest.fromBytes(
                SealedRequest.seal(request, device, SECRET, RANDOM).toBytes());
    }

    private OpenedRequest opened(SealedRequest sealed) {
        return vault().open(sealed, SERVICE, USER, NOW);
    }

    private ReceivedRequest received(SealedRequest sealed) {
        return assertInstanceOf(ReceivedRequest.class, opened(sealed));
    }

    private static SigningRequest numbered(int number) {
        return REQUEST.toBuilder()
                .id("0".repeat(28) + (1000 + number))
                .expiresAt(NOW.plusSeconds(1 + number))
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void showsThePurposeAndTheDetailsAndSignsThem(DeviceKeyType type) {
        DevicePublicKey device = provisioned(type, SampleToken.signingContents());

        ReceivedRequest received = received(sealed(REQUEST, device));
        Optional<String> response = vault().approve(received, NOW);

        assertEquals("funds-transfer", received.purpose());
        assertEquals(SampleRequest.details(), received.details());
        assertEquals(SampleRequest.EXPIRY, received.expiresAt());
        assertEquals(REQUEST.id(), received.id());
        assertEquals(SERVICE, received.serviceId());
        assertEquals(USER, received.userId());
        assertInstanceOf(OcraVerification.Matched.class, verified(response.orElseThrow(), REQUEST));
    }

    /** Verifies a response as the institution's server does. */
    private static OcraVerification verified(String response, SigningRequest request) {
        String challenge = request.challenge(SampleToken.SIGNING_SUITE);
        return Ocra.of(SampleToken.SIGNING_SUITE, SECRET).verify(response, OcraInput.of(challenge));
    }

    @Test
    void signsForNoOtherPurposeThanTheOneThatWasOpened() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());

        String response =
                vault().approve(received(sealed(REQUEST, device)), NOW).orElseThrow();

        assertEquals(
                OcraVerification.WRONG,
                verified(response, REQUEST.toBuilder().purpose("login").build()));
    }

    @Test
    void signsNoOtherDetailsThanThoseThatWereOpened() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        SigningRequest other = REQUEST.toBuilder()
                .details(TransactionDetails.of("amount", "2000000"))
                .build();

        String response =
                vault().approve(received(sealed(REQUEST, device)), NOW).orElseThrow();

        assertEquals(OcraVerification.WRONG, verified(response, other));
    }

    @Test
    void showsARequestUntilTheHolderAnswersIt() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        SealedRequest sealed = sealed(REQUEST, device);
        ReceivedRequest first = received(sealed);
        ReceivedRequest second = received(sealed);

        assertTrue(vault().approve(first, NOW).isPresent());

        assertEquals(RequestRefusal.ALREADY_ANSWERED, opened(sealed));
        assertEquals(RequestRefusal.ALREADY_ANSWERED, opened(sealed(REQUEST, device)));
        assertEquals(Optional.empty(), vault().approve(first, NOW));
        assertEquals(Optional.empty(), vault().approve(second, NOW));
        assertFalse(vault().refuse(second, NOW));
    }

    @Test
    void neverSignsARefusedRequest() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        SealedRequest sealed = sealed(REQUEST, device);
        ReceivedRequest received = received(sealed);

        assertTrue(vault().refuse(received, NOW));

        assertEquals(RequestRefusal.ALREADY_ANSWERED, opened(sealed));
        assertEquals(Optional.empty(), vault().approve(received, NOW));
        assertEquals(Optional.empty(), vault().approvedResponse(sealed, SERVICE, USER, NOW));
        assertFalse(vault().refuse(received, NOW));
    }

    /** The app died after the vault had recorded the approval, and before the app sent the response. */
    @Test
    void returnsTheResponseOfAnApprovedRequestAgain() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        SealedRequest sealed = sealed(REQUEST, device);
        assertEquals(Optional.empty(), vault().approvedResponse(sealed, SERVICE, USER, NOW));
        Optional<String> response = vault().approve(received(sealed), NOW);

        assertEquals(response, vault().approvedResponse(sealed, SERVICE, USER, NOW));
        assertEquals(response, vault().approvedResponse(sealed(REQUEST, device), SERVICE, USER, NOW));
        assertEquals(
                response,
                vault().approvedResponse(
                                sealed, SERVICE, USER, REQUEST.expiresAt().minusNanos(1)));
        assertEquals(Optional.empty(), vault().approvedResponse(sealed, SERVICE, USER, REQUEST.expiresAt()));
        assertEquals(Optional.empty(), vault().approvedResponse(sealed, SERVICE, OTHER_USER, NOW));
        SigningRequest sameId =
                REQUEST.toBuilder().details(TransactionDetails.of("a", "b")).build();
        assertEquals(RequestRefusal.ALREADY_ANSWERED, opened(sealed(sameId, device)));
        assertEquals(Optional.empty(), vault().approvedResponse(sealed(sameId, device), SERVICE, USER, NOW));
    }

    @Test
    void answersNothingFromTheExpiryOfTheRequestOn() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        SealedRequest sealed = sealed(REQUEST, device);
        ReceivedRequest received = received(sealed);
        Instant last = REQUEST.expiresAt().minusNanos(1);

        assertInstanceOf(ReceivedRequest.class, vault().open(sealed, SERVICE, USER, last));
        assertEquals(RequestRefusal.EXPIRED, vault().open(sealed, SERVICE, USER, REQUEST.expiresAt()));
        assertEquals(Optional.empty(), vault().approve(received, REQUEST.expiresAt()));
        assertFalse(vault().refuse(received, REQUEST.expiresAt()));
        assertTrue(vault().approve(received, last).isPresent());
    }

    @Test
    @Tag("R4.6")
    void answersNothingFromTheExpiryOfTheTokenOn() {
        Instant expiry = SampleToken.EXPIRY;
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        SealedRequest sealed =
                sealed(REQUEST.toBuilder().expiresAt(expiry.plusSeconds(600)).build(), device);
        ReceivedRequest received = received(sealed);

        assertInstanceOf(ReceivedRequest.class, vault().open(sealed, SERVICE, USER, expiry.minusNanos(1)));
        assertEquals(RequestRefusal.EXPIRED, vault().open(sealed, SERVICE, USER, expiry));
        assertEquals(Optional.empty(), vault().approve(received, expiry));
        assertTrue(vault().approve(received, expiry.minusNanos(1)).isPresent());
        assertEquals(Optional.empty(), vault().approvedResponse(sealed, SERVICE, USER, expiry));
    }

    @Test
    void opensNoRequestForAnotherTokenDeviceOrUser() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        DevicePublicKey other = provisioned(
                SampleToken.signingContents().toBuilder().userId(OTHER_USER).build());
        SealedRequest sealed = sealed(REQUEST, device);

        assertEquals(RequestRefusal.DOES_NOT_OPEN, vault().open(sealed, SERVICE, OTHER_USER, NOW));
        assertEquals(RequestRefusal.DOES_NOT_OPEN, vault().open(sealed, "10119998", USER, NOW));
        assertEquals(RequestRefusal.DOES_NOT_OPEN, opened(sealed(REQUEST, other)));
        assertEquals(
                RequestRefusal.DOES_NOT_OPEN,
                opened(sealed(REQUEST.toBuilder().serial("243725865").build(), device)));
        assertEquals(
                RequestRefusal.DOES_NOT_OPEN,
                opened(sealed(REQUEST.toBuilder().userId(OTHER_USER).build(), device)));
        assertEquals(
                RequestRefusal.DOES_NOT_OPEN,
                opened(SealedRequest.seal(REQUEST, device, OtpSecret.copyOf(new byte[32]), RANDOM)));
        assertInstanceOf(ReceivedRequest.class, opened(sealed));
    }

    @Test
    void keepsTheSigningKeyApartFromTheSecretOfTheCodes() throws IOException {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        byte[] stored = Files.readAllBytes(file());
        var entries = VaultFormat.read(stored);
        Owner owner = new Owner(SERVICE, USER);
        byte[] token = VaultEntry.token(owner).open(valueOf(entries.get(VaultEntry.token(owner))), KEY);
        byte[] signing = VaultEntry.signing(owner).open(valueOf(entries.get(VaultEntry.signing(owner))), KEY);

        assertEquals(2, entries.size());
        assertFalse(PlainText.shows(stored, SampleToken.secret()));
        assertFalse(PlainText.shows(stored, SampleToken.signingSecret()));
        assertArrayEquals(ContentsFormat.write(SampleToken.contents()), token);
        assertTrue(PlainText.shows(signing, SampleToken.signingSecret()));
        assertFalse(PlainText.shows(signing, SampleToken.secret()));
        assertEquals(1, vault().tokens().size());
        assertInstanceOf(ReceivedRequest.class, opened(sealed(REQUEST, device)));
    }

    private static byte[] valueOf(byte @Nullable [] value) {
        return Objects.requireNonNull(value);
    }

    @Test
    void keepsNoDeviceKeyOfATokenThatDoesNotSign() throws IOException {
        DevicePublicKey device = provisioned(SampleToken.contents());

        assertEquals(1, VaultFormat.read(Files.readAllBytes(file())).size());
        assertEquals(RequestRefusal.DOES_NOT_OPEN, opened(sealed(REQUEST, device)));
        assertEquals(Optional.empty(), vault().approvedResponse(sealed(REQUEST, device), SERVICE, USER, NOW));
    }

    @Test
    void replacesTheSigningKeyTogetherWithTheToken() {
        DevicePublicKey first = provisioned(SampleToken.signingContents());
        SealedRequest sealed = sealed(REQUEST, first);
        ReceivedRequest received = received(sealed);

        DevicePublicKey second = provisioned(SampleToken.signingContents());

        assertEquals(RequestRefusal.DOES_NOT_OPEN, opened(sealed));
        assertEquals(Optional.empty(), vault().approve(received, NOW));
        assertFalse(vault().refuse(received, NOW));
        assertInstanceOf(ReceivedRequest.class, opened(sealed(REQUEST, second)));

        provisioned(SampleToken.contents());

        assertEquals(RequestRefusal.DOES_NOT_OPEN, opened(sealed(REQUEST, second)));
    }

    /** A renewal is being prepared. The present token signs until the new one replaces it. */
    @Test
    void signsWhileANewTokenIsPrepared() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        vault().prepare(SERVICE, USER);

        assertTrue(vault().approve(received(sealed(REQUEST, device)), NOW).isPresent());
        assertEquals(RequestRefusal.ALREADY_ANSWERED, opened(sealed(REQUEST, device)));
    }

    @Test
    void removesTheSigningKeyWithItsToken() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        ReceivedRequest received = received(sealed(REQUEST, device));

        assertTrue(vault().remove(SERVICE, USER));

        assertFalse(vault().remove(SERVICE, USER));
        assertEquals(RequestRefusal.DOES_NOT_OPEN, opened(sealed(REQUEST, device)));
        assertEquals(Optional.empty(), vault().approve(received, NOW));
    }

    @Test
    void addsOnlyTokensThatDoNotSign() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());

        var e = assertThrows(IllegalArgumentException.class, () -> vault().add(SampleToken.signingContents()));
        assertTrue(e.toString().contains("use prepare and provision"), e.toString());
        assertInstanceOf(ReceivedRequest.class, opened(sealed(REQUEST, device)));

        vault().add(SampleToken.contents());
        assertEquals(RequestRefusal.DOES_NOT_OPEN, opened(sealed(REQUEST, device)));
    }

    @Test
    void forgetsAnswersThatHaveExpiredAndBoundsTheOthers() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        for (int i = 0; i < AnsweredRequests.MAX; i++) {
            assertTrue(vault().refuse(received(sealed(numbered(i), device)), NOW));
        }
        SealedRequest next = sealed(numbered(AnsweredRequests.MAX), device);
        Instant oneExpired = numbered(0).expiresAt();

        assertEquals(RequestRefusal.TOO_MANY_ANSWERED, opened(next));
        assertEquals(RequestRefusal.ALREADY_ANSWERED, opened(sealed(numbered(0), device)));
        assertEquals(RequestRefusal.TOO_MANY_ANSWERED, vault().open(next, SERVICE, USER, oneExpired.minusNanos(1)));
        ReceivedRequest received =
                assertInstanceOf(ReceivedRequest.class, vault().open(next, SERVICE, USER, oneExpired));
        assertEquals(Optional.empty(), vault().approve(received, oneExpired.minusNanos(1)));
        assertTrue(vault().approve(received, oneExpired).isPresent());
        assertEquals(
                RequestRefusal.ALREADY_ANSWERED, vault().open(sealed(numbered(1), device), SERVICE, USER, oneExpired));
    }

    /** The key store fails after the request was opened, before anything is recorded. */
    @Test
    void returnsNoResponseThatItDidNotRecord() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        SealedRequest sealed = sealed(REQUEST, device);
        ReceivedRequest received = received(sealed);
        AtomicInteger uses = new AtomicInteger();
        TokenVault failing = TokenVault.at(
                file(),
                () -> {
                    if (uses.incrementAndGet() > 1) {
                        throw new VaultException("The device is locked; unlock it", null);
                    }
                    return KEY;
                },
                RANDOM);

        assertThrows(VaultException.class, () -> failing.approve(received, NOW));

        assertEquals(2, uses.get());
        assertInstanceOf(ReceivedRequest.class, opened(sealed));
        assertEquals(Optional.empty(), vault().approvedResponse(sealed, SERVICE, USER, NOW));
    }

    @Test
    void recordsOneAnswerOfManyThreads() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        ReceivedRequest received = received(sealed(REQUEST, device));

        List<Boolean> answered = IntStream.range(0, 32)
                .parallel()
                .mapToObj(i -> i % 2 == 0 ? vault().approve(received, NOW).isPresent() : vault().refuse(received, NOW))
                .toList();

        assertEquals(1, answered.stream().filter(done -> done).count());
    }

    @Test
    void answersOfManyThreadsAreAllRecorded() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());
        List<SealedRequest> requests = IntStream.range(0, 24)
                .mapToObj(i -> sealed(numbered(i), device))
                .toList();
        Stream<ReceivedRequest> received = requests.stream().map(this::received).toList().parallelStream();

        assertEquals(
                24, received.filter(request -> vault().refuse(request, NOW)).count());

        requests.forEach(request -> assertEquals(RequestRefusal.ALREADY_ANSWERED, opened(request)));
    }

    @Test
    void rejectsMalformedIds() {
        SealedRequest sealed =
                sealed(REQUEST, DeviceKey.generate(DeviceKeyType.P256, RANDOM).publicKey());

        assertThrows(IllegalArgumentException.class, () -> vault().open(sealed, "1011223", USER, NOW));
        assertThrows(IllegalArgumentException.class, () -> vault().approvedResponse(sealed, SERVICE, "9", NOW));
        assertEquals(RequestRefusal.DOES_NOT_OPEN, opened(sealed));
    }

    @Test
    @Tag("R10.2")
    void showsNoDetail() {
        DevicePublicKey device = provisioned(SampleToken.signingContents());

        assertEquals(
                "ReceivedRequest[00112233445566778899aabbccddeeff for user 999800000001 at service 10112235, redacted]",
                received(sealed(REQUEST, device)).toString());
    }
}
