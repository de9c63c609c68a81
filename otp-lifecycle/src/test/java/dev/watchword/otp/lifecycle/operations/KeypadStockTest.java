package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.seeds.ForeignToken;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcReader;
import dev.watchword.otp.lifecycle.seeds.PskcWriter;
import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedProfile;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import dev.watchword.otp.lifecycle.seeds.SeedSigning;
import dev.watchword.otp.lifecycle.seeds.TokenReader;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeOcraDevice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hardware tokens with a keypad come from the manufacturer's PSKC file and sign transactions. */
@Tag("R5.1")
class KeypadStockTest extends InstitutionFixture {
    private static final OcraSuite WITH_COUNTER = OcraSuite.parse("OCRA-1:HOTP-SHA1-8:C-QN08");
    private static final TransactionDetails TRANSFER = TransactionDetails.builder()
            .add("payee", "0123456")
            .add("amount", "50000")
            .build();

    private final SecureRandom random = new SecureRandom();
    private final OtpSecret secret = OtpSecret.random(HmacAlgorithm.SHA1, random);
    private final OtpSecret key = OtpSecret.random(HmacAlgorithm.SHA256, random);

    /** Returns a file with a token for each key. A token without a key comes first if it is wanted. */
    private byte[] file(boolean withPlainToken, SeedSigning... keys) {
        List<@Nullable SeedSigning> all = new ArrayList<>(List.of(keys));
        if (withPlainToken) {
            all.add(0, null);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PskcWriter writer = PskcWriter.open(file, PskcKey.none(), random)) {
            for (int i = 0; i < all.size(); i++) {
                writer.write(Seed.builder()
                        .serial(new SerialNumber(Long.toString(Long.parseLong(SERIAL.value()) + i)))
                        .secret(secret)
                        .profile(new SeedProfile.ForTotp(TotpProfile.BANK, 0, 0))
                        .expiresAt(Instant.parse("2030-10-31T00:00:00Z"))
                        .signing(all.get(i))
                        .build());
            }
        }
        return file.toByteArray();
    }

    private static SeedReader reader(byte[] file) {
        return PskcReader.open(new ByteArrayInputStream(file), PskcKey.none());
    }

    private void stock(SeedSigning key) {
        stock(file(false, key));
    }

    private void stock(byte[] file) {
        assertAccepted(bank.stock().importBatch(new BatchId("keypads"), reader(file), staged -> {}));
    }

    private void activate() {
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertAccepted(desk.send(TARO));
        FakeAuthenticator shown = new FakeAuthenticator(TotpProfile.BANK, secret, clock);
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
    }

    private RequestedSignature request() {
        return tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TRANSFER).orElseThrow();
    }

    private Outcome<Registration> confirm(RequestedSignature request, String response) {
        return tokens.confirm(TARO, request.id(), TRANSFER, response);
    }

    private SigningKey inStock() {
        return requireNonNull(
                store.find(TestInstitution.SERVICE_ID, SERIAL).orElseThrow().signing());
    }

    @ParameterizedTest
    @Tag("R13.2")
    @ValueSource(strings = {"OCRA-1:HOTP-SHA1-6:QN08", "OCRA-1:HOTP-SHA1-8:C-QN08", "OCRA-1:HOTP-SHA256-8:QN10-T1M"})
    void aTokenOfAPskcFileSignsATransaction(String text) {
        OcraSuite suite = OcraSuite.parse(text);
        stock(new SeedSigning(suite, key, 0));
        activate();
        FakeOcraDevice device = new FakeOcraDevice(suite, key, clock);
        RequestedSignature request = request();

        assertEquals(SigningMethod.TYPED_CHALLENGE, request.method());
        String challenge = request.challenge().orElseThrow();
        assertRefused(Refusal.WRONG_SIGNATURE, confirm(request, device.wrongResponse(challenge)));
        assertAccepted(confirm(request, device.respond(challenge)));
    }

    @Test
    @Tag("R13.2")
    void theCounterOfTheFileIsTheFirstThatIsAccepted() {
        stock(new SeedSigning(WITH_COUNTER, key, 500));
        assertEquals(500, inStock().nextCounter());
        activate();
        FakeOcraDevice device = new FakeOcraDevice(WITH_COUNTER, key, clock);
        RequestedSignature request = request();
        String challenge = request.challenge().orElseThrow();

        device.counter(498);
        assertRefused(Refusal.WRONG_SIGNATURE, confirm(request, device.respond(challenge)));
        device.counter(500);
        assertAccepted(confirm(request, device.respond(challenge)));
    }

    @Test
    @Tag("R13.2")
    void aTokenWithoutAKeyForSigningBesideOneWithItSignsNothing() {
        stock(file(true, new SeedSigning(WITH_COUNTER, key, 0)));
        assertNull(store.find(TestInstitution.SERVICE_ID, SERIAL).orElseThrow().signing());
        activate();

        assertRefused(Refusal.CANNOT_SIGN, tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TRANSFER));
    }

    @Test
    @Tag("R5.5")
    @Tag("R13.2")
    void aWithdrawnTokenHasNoKeyForSigning() {
        stock(new SeedSigning(WITH_COUNTER, key, 0));
        assertAccepted(desk.withdraw(SERIAL.value(), "a recall"));

        assertEquals(Optional.empty(), store.find(TestInstitution.SERVICE_ID, SERIAL));
        assertEquals(List.of(), store.stockPage(TestInstitution.SERVICE_ID, null, 10));
    }

    @Test
    @Tag("R13.2")
    void aSeedWithoutHolderIsDestroyedWithBothSecrets() {
        List<Seed> read = new ArrayList<>();
        SeedSigning signing = new SeedSigning(WITH_COUNTER, key, 0);
        SeedReader reader = reader(file(false, signing));
        TokenReader tokens = TokenReader.ofSeeds(reader, seed -> {
            read.add(seed);
            return Optional.empty();
        });
        assertTrue(tokens.next() != null);
        assertTrue(read.get(0).secret().isDestroyed());
        assertTrue(requireNonNull(read.get(0).signing()).secret().isDestroyed());
    }

    @Test
    @Tag("R12.4")
    void aMigrationTakesOverNoKeyForSigning() {
        List<Seed> read = new ArrayList<>();
        TokenReader reader = TokenReader.ofSeeds(reader(file(false, new SeedSigning(WITH_COUNTER, key, 0))), seed -> {
            read.add(seed);
            return Optional.of(ForeignToken.of(seed, TARO).build());
        });
        assertEquals(1, bank.migration(OPERATOR).run(reader, done -> {}).takenOver());

        assertTrue(requireNonNull(read.get(0).signing()).secret().isDestroyed());
        assertNull(requireNonNull(store.find(TestInstitution.SERVICE_ID, TARO)
                        .orElseThrow()
                        .token())
                .signing());
        assertRefused(Refusal.CANNOT_SIGN, tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TRANSFER));
    }
}
