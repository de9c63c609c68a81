package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.Ocra;
import dev.watchword.otp.OcraInput;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.policy.SigningPolicy;
import dev.watchword.otp.lifecycle.policy.TypedDetail;
import dev.watchword.otp.lifecycle.seeds.SeedSigning;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeOcraDevice;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing requests: how they are made, confirmed, refused and charged. */
class SigningTest extends InstitutionFixture {
    private static final TransactionDetails TRANSFER = TransactionDetails.builder()
            .add("payee", "0123456")
            .add("name", "ヤマダ ハナコ")
            .add("amount", "50000")
            .add("currency", "JPY")
            .add("reference", "rent, November")
            .build();

    private static final OcraSuite WITH_COUNTER = OcraSuite.parse("OCRA-1:HOTP-SHA1-8:C-QN08");
    private static final OcraSuite WITH_TIME = OcraSuite.parse("OCRA-1:HOTP-SHA256-8:QN10-T1M");
    private static final OcraSuite CHALLENGE_ONLY = OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QN08");

    private static final SigningPolicy TYPED = SigningPolicy.BANK.toBuilder()
            .typedDetail(TypedDetail.of("payee", 7))
            .build();

    @CanIgnoreReturnValue
    private RequestedSignature request(Holder holder) {
        return tokens.requestSignature(holder, Purpose.FUNDS_TRANSFER, TRANSFER).orElseThrow();
    }

    private Outcome<Registration> confirm(RequestedSignature request, String response) {
        return tokens.confirm(TARO, request.id(), TRANSFER, response);
    }

    @CanIgnoreReturnValue
    private FakeOcraDevice keypad(OcraSuite suite) {
        return activateKeypad(TARO, SERIAL, suite);
    }

    @Test
    @Tag("R13.2")
    @Tag("R13.4")
    void anAppSignsThePurposeAndTheDetailsThatItShows() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);

        assertEquals(SigningMethod.APP, request.method());
        SigningRequest shown = phone.open(request.sealedRequest().orElseThrow());
        assertEquals("funds-transfer", shown.purpose());
        assertEquals(TRANSFER, shown.details());
        assertAccepted(confirm(request, phone.approve(request.sealedRequest().orElseThrow())));
    }

    /** The signatures differ from the right one in the purpose alone. */
    @Test
    @Tag("R13.2")
    @Tag("R13.4")
    void refusesASignatureForEveryOtherPurpose() {
        FakePhone phone = activate(TARO);
        OcraSuite suite = phone.contents().signingSuite().orElseThrow();
        Ocra key = Ocra.of(suite, phone.contents().signingSecret().orElseThrow());
        RequestedSignature request = request(TARO);
        SigningRequest shown = phone.open(request.sealedRequest().orElseThrow());
        int left = 4;
        for (String purpose : List.of("login", "funds-transfers", "funds-transfe", "gunds-transfer")) {
            SigningRequest other = shown.toBuilder().purpose(purpose).build();
            String response = key.generate(OcraInput.of(other.challenge(suite)));
            assertRefused(Refusal.WRONG_SIGNATURE, left--, confirm(request, response));
        }

        assertAccepted(confirm(request, key.generate(OcraInput.of(shown.challenge(suite)))));
    }

    @Test
    @Tag("R13.2")
    void theEventsNameTheRequestAndNoDetail() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        assertAccepted(confirm(request, phone.approve(request.sealedRequest().orElseThrow())));

        List<TokenEvent> events = store.history(TestInstitution.SERVICE_ID, TARO, 0, 100).stream()
                .map(RecordedEvent::event)
                .toList();
        for (TokenEvent event : events.subList(events.size() - 2, events.size())) {
            assertEquals(request.id(), requireNonNull(event.request()).id());
            assertEquals(Purpose.FUNDS_TRANSFER, event.purpose());
            assertFalse(event.toString().contains("0123456"));
        }
        assertEquals(
                EventType.SIGNATURE_REQUESTED, events.get(events.size() - 2).type());
        assertEquals(
                EventType.SIGNATURE_CONFIRMED, events.get(events.size() - 1).type());
    }

    @Test
    @Tag("R13.2")
    void acceptsAResponseOnce() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        String response = phone.approve(request.sealedRequest().orElseThrow());
        assertAccepted(confirm(request, response));

        assertEquals(Refusal.NO_REQUEST, refused(confirm(request, response)).refusal());
    }

    @Test
    @Tag("R13.2")
    void acceptsNoResponseToAnotherRequestForTheSameTransaction() {
        FakePhone phone = activate(TARO);
        RequestedSignature first = request(TARO);
        RequestedSignature second = request(TARO);
        String response = phone.approve(first.sealedRequest().orElseThrow());

        assertRefused(Refusal.WRONG_SIGNATURE, 4, confirm(second, response));
        assertAccepted(confirm(first, response));
    }

    @Test
    @Tag("R13.2")
    void refusesEveryChangeOfTheDetails() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        String response = phone.approve(request.sealedRequest().orElseThrow());
        for (TransactionDetails changed : changes(TRANSFER)) {
            assertEquals(
                    Refusal.OTHER_DETAILS,
                    refused(tokens.confirm(TARO, request.id(), changed, response))
                            .refusal());
        }

        assertAccepted(confirm(request, response));
    }

    /** Every change of one character of a name or a value, every missing, repeated, added and swapped detail. */
    private static Set<TransactionDetails> changes(TransactionDetails details) {
        List<String[]> pairs = new ArrayList<>();
        details.forEach((name, value) -> pairs.add(new String[] {name, value}));
        Set<TransactionDetails> changes = new HashSet<>();
        for (int i = 0; i < pairs.size(); i++) {
            for (int part = 0; part < 2; part++) {
                String text = pairs.get(i)[part];
                for (int at = 0; at < text.length(); at++) {
                    for (char other : new char[] {'0', '9', 'x', (char) (text.charAt(at) + 1)}) {
                        if (other != text.charAt(at)) {
                            changes.add(with(pairs, i, part, text.substring(0, at) + other + text.substring(at + 1)));
                        }
                    }
                    if (text.length() > 1) {
                        changes.add(with(pairs, i, part, text.substring(0, at) + text.substring(at + 1)));
                    }
                }
                changes.add(with(pairs, i, part, text + " "));
            }
            List<String[]> fewer = new ArrayList<>(pairs);
            fewer.remove(i);
            changes.add(details(fewer));
            List<String[]> swapped = new ArrayList<>(fewer);
            swapped.add((i + 1) % pairs.size(), pairs.get(i));
            changes.add(details(swapped));
        }
        List<String[]> more = new ArrayList<>(pairs);
        more.add(new String[] {"fee", ""});
        changes.add(details(more));
        assertFalse(changes.contains(details));
        assertTrue(changes.size() > 200, () -> changes.size() + " changes");
        return changes;
    }

    private static TransactionDetails with(List<String[]> pairs, int index, int part, String text) {
        List<String[]> changed = new ArrayList<>(pairs);
        String[] pair = changed.get(index).clone();
        pair[part] = text;
        changed.set(index, pair);
        return details(changed);
    }

    private static TransactionDetails details(List<String[]> pairs) {
        TransactionDetails.Builder builder = TransactionDetails.builder();
        pairs.forEach(pair -> builder.add(pair[0], pair[1]));
        return builder.build();
    }

    @Test
    @Tag("R13.2")
    @Tag("R2.1")
    void chargesWrongResponsesToTheToken() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        String wrong =
                phone.approve(request.sealedRequest().orElseThrow()).equals("00000000") ? "00000001" : "00000000";
        for (int left = 4; left >= 0; left--) {
            assertRefused(Refusal.WRONG_SIGNATURE, left, confirm(request, wrong));
        }

        assertEquals(
                Refusal.SUSPENDED,
                refused(confirm(request, phone.approve(request.sealedRequest().orElseThrow())))
                        .refusal());
        assertEquals(Refusal.SUSPENDED, refused(login(TARO, phone.code())).refusal());
    }

    @Test
    @Tag("R13.2")
    void aMalformedResponseChargesNothing() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        for (String text : List.of("", "1234567", "123456789", "1234567a", "１２３４５６７８")) {
            assertRefused(Refusal.MALFORMED, 5, confirm(request, text));
        }

        assertAccepted(confirm(request, phone.approve(request.sealedRequest().orElseThrow())));
    }

    @Test
    @Tag("R13.2")
    void anExpiredRequestIsNotConfirmed() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        String response = phone.approve(request.sealedRequest().orElseThrow());
        clock.advance(Duration.between(clock.instant(), request.expiresAt()).minusNanos(1));
        RequestedSignature another = request(TARO);
        assertNotEquals(request.id(), another.id());
        clock.advance(Duration.ofNanos(1));

        assertEquals(Refusal.NO_REQUEST, refused(confirm(request, response)).refusal());
    }

    @Test
    @Tag("R13.2")
    void boundsTheOpenRequests() {
        activate(TARO);
        for (int i = 0; i < 3; i++) {
            request(TARO);
        }
        assertEquals(
                Refusal.TOO_MANY_REQUESTS,
                refused(tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TRANSFER))
                        .refusal());
        clock.advance(Duration.ofMinutes(10));

        request(TARO);
    }

    @Test
    @Tag("R13.4")
    void aRefusedRequestSuspendsNothingAndIsOver() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        String response = phone.approve(request.sealedRequest().orElseThrow());
        assertAccepted(tokens.refuse(TARO, request.id()));

        assertEquals(Refusal.NO_REQUEST, refused(confirm(request, response)).refusal());
        assertEquals(
                Refusal.NO_REQUEST, refused(tokens.refuse(TARO, request.id())).refusal());
        assertAccepted(login(TARO, phone.code()));
    }

    @Test
    @Tag("R13.2")
    void aRequestIsForOneHolder() {
        FakePhone taros = activate(TARO);
        FakePhone hanakos = activate(HANAKO);
        RequestedSignature request = request(TARO);
        String response = taros.approve(request.sealedRequest().orElseThrow());

        assertEquals(
                Refusal.NO_REQUEST,
                refused(tokens.confirm(HANAKO, request.id(), TRANSFER, response))
                        .refusal());
        assertThrows(
                AssertionError.class, () -> hanakos.open(request.sealedRequest().orElseThrow()));
    }

    @Test
    @Tag("R13.2")
    void aRequestEndsWithItsToken() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        String response = phone.approve(request.sealedRequest().orElseThrow());
        assertAccepted(tokens.revoke(TARO, code(phone.code())));
        assertEquals(Refusal.NOT_ACTIVE, refused(confirm(request, response)).refusal());
        clock.advance(Duration.ofDays(1));
        activate(TARO);

        assertEquals(Refusal.NO_REQUEST, refused(confirm(request, response)).refusal());
    }

    @Test
    @Tag("R13.2")
    @Tag("R6.2")
    void aRequestEndsWithTheActivationOfASuccessor() {
        follow(TestInstitution.POLICY.withRenewal(RenewalPolicy.ANY_TIME));
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        String response = phone.approve(request.sealedRequest().orElseThrow());
        assertAccepted(tokens.renewHardware(TARO, code(phone.code())));
        FakeAuthenticator successor = stock(SERIAL);
        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertAccepted(desk.send(TARO));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(successor.code())));

        assertRefused(Refusal.NO_REQUEST, confirm(request, response));
    }

    @Test
    @Tag("R13.2")
    @Tag("R2.4")
    void aSuspendedHolderConfirmsNothing() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        assertAccepted(desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, "a strange transfer"));

        assertEquals(
                Refusal.HOLDER_SUSPENDED,
                refused(confirm(request, phone.approve(request.sealedRequest().orElseThrow())))
                        .refusal());
        assertEquals(
                Refusal.HOLDER_SUSPENDED,
                refused(tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TRANSFER))
                        .refusal());
    }

    @Test
    @Tag("R13.2")
    @Tag("R2.4")
    void noRequestFromBeforeASuspensionIsConfirmed() {
        FakePhone phone = activate(TARO);
        assertEndsOpenRequests(phone, () -> {
            assertAccepted(desk.suspend(TARO, SuspensionReason.STOLEN, "phoned in"));
            assertAccepted(desk.resume(TARO, "found it"));
        });
        assertEndsOpenRequests(phone, () -> {
            assertAccepted(desk.suspendHolder(TARO, SuspensionReason.OTHER, "a strange transfer"));
            assertAccepted(desk.resumeHolder(TARO, "called back"));
        });
        assertEndsOpenRequests(phone, () -> {
            assertAccepted(desk.replaceWithHardware(TARO, SuspensionReason.LOST, "phoned in"));
            assertAccepted(desk.resume(TARO, "found it"));
        });
    }

    private void assertEndsOpenRequests(FakePhone phone, Runnable suspension) {
        RequestedSignature request = request(TARO);
        suspension.run();
        assertRefused(
                Refusal.NO_REQUEST,
                confirm(request, phone.approve(request.sealedRequest().orElseThrow())));
    }

    @Test
    @Tag("R13.2")
    @Tag("R11.3")
    void noRequestFromBeforeTheFloorIsConfirmed() {
        FakePhone phone = activate(TARO);
        RequestedSignature request = request(TARO);
        assertAccepted(desk.raiseFloor(clock.instant(), "restored the backup of 9:00", done -> {}));

        assertEquals(
                Refusal.NO_REQUEST,
                refused(confirm(request, phone.approve(request.sealedRequest().orElseThrow())))
                        .refusal());
    }

    @Test
    @Tag("R13.2")
    void theHolderTypesAChallengeOfAllDetails() {
        FakeOcraDevice keypad = keypad(CHALLENGE_ONLY);
        RequestedSignature first = request(TARO);
        RequestedSignature second = request(TARO);

        assertEquals(SigningMethod.TYPED_CHALLENGE, first.method());
        assertEquals(8, first.challenge().orElseThrow().length());
        assertNotEquals(first.challenge(), second.challenge());
        assertAccepted(confirm(first, keypad.respond(first.challenge().orElseThrow())));
    }

    @Test
    @Tag("R13.2")
    void theHolderTypesTheAccountNumber() {
        follow(TestInstitution.POLICY.withSigning(TYPED));
        FakeOcraDevice keypad = keypad(WITH_COUNTER);
        RequestedSignature request = request(TARO);

        assertEquals(SigningMethod.TYPED_DETAIL, request.method());
        assertEquals("10123456", request.challenge().orElseThrow());
        assertFalse(request.toString().contains("0123456"));
        assertAccepted(confirm(request, keypad.respond("10123456")));
    }

    @Test
    @Tag("R13.2")
    void aResponseToAnotherAccountNumberIsWrong() {
        follow(TestInstitution.POLICY.withSigning(TYPED));
        FakeOcraDevice keypad = keypad(WITH_COUNTER);
        RequestedSignature request = request(TARO);

        assertRefused(Refusal.WRONG_SIGNATURE, 4, confirm(request, keypad.respond("10123457")));
    }

    /** Every other digit at every place of the account number. */
    @Test
    @Tag("R13.2")
    void aResponseToOneAccountNumberIsWrongForEverySimilarOne() {
        LockPolicy patient =
                LockPolicy.builder().failureLimit(100).failureCeiling(100).build();
        follow(TestInstitution.POLICY.withSigning(TYPED).withLock(patient));
        String response = keypad(WITH_COUNTER).respond("10123456");
        int refused = 0;
        for (int place = 0; place < 7; place++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                StringBuilder similar = new StringBuilder("0123456");
                similar.setCharAt(place, digit);
                TransactionDetails details = TransactionDetails.of("payee", similar.toString());
                RequestedSignature request = tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, details)
                        .orElseThrow();
                if (!similar.toString().equals("0123456")) {
                    Outcome<Registration> outcome = tokens.confirm(TARO, request.id(), details, response);
                    assertEquals(Refusal.WRONG_SIGNATURE, refused(outcome).refusal(), similar.toString());
                    refused++;
                }
                assertAccepted(tokens.refuse(TARO, request.id()));
            }
        }

        assertEquals(63, refused);
        assertAccepted(confirm(request(TARO), response));
    }

    @Test
    @Tag("R13.2")
    void aResponseToTheSameAccountNumberIsAcceptedOnce() {
        follow(TestInstitution.POLICY.withSigning(TYPED));
        for (OcraSuite suite : List.of(WITH_COUNTER, WITH_TIME)) {
            SigningTest other = new SigningTest();
            other.follow(TestInstitution.POLICY.withSigning(TYPED));
            other.acceptsTheSameDetailOnce(suite);
        }
    }

    private void acceptsTheSameDetailOnce(OcraSuite suite) {
        FakeOcraDevice keypad = keypad(suite);
        RequestedSignature first = request(TARO);
        String response = keypad.respond(first.challenge().orElseThrow());
        assertAccepted(confirm(first, response));
        RequestedSignature second = request(TARO);

        assertRefused(Refusal.REPLAYED, 5, confirm(second, response));
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(confirm(second, keypad.respond(second.challenge().orElseThrow())));
    }

    @Test
    @Tag("R13.2")
    void aResynchronisationFindsACounterThatIsFarAhead() {
        follow(TestInstitution.POLICY.withSigning(TYPED));
        OtpSecret secret = OtpSecret.random(TotpProfile.BANK.algorithm(), new SecureRandom());
        FakeOcraDevice keypad = activateKeypad(TARO, SERIAL, WITH_COUNTER, secret);
        FakeAuthenticator shown = new FakeAuthenticator(TotpProfile.BANK, secret, clock);
        keypad.counter(60);
        RequestedSignature first = request(TARO);
        assertRefused(
                Refusal.WRONG_SIGNATURE,
                4,
                confirm(first, keypad.respond(first.challenge().orElseThrow())));

        clock.advance(Duration.ofMinutes(2));
        String code = shown.code();
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(tokens.resynchronise(TARO, code, shown.code()));
        RequestedSignature second = request(TARO);
        assertEquals(SigningMethod.TYPED_CHALLENGE, second.method());
        assertAccepted(confirm(second, keypad.respond(second.challenge().orElseThrow())));
        assertEquals(SigningMethod.TYPED_DETAIL, request(TARO).method());
    }

    @Test
    @Tag("R13.2")
    void theSameResponseToTheSameDetailIsNoOption() {
        follow(TestInstitution.POLICY.withSigning(TYPED));
        keypad(CHALLENGE_ONLY);

        assertEquals(SigningMethod.TYPED_CHALLENGE, request(TARO).method());
    }

    @Test
    @Tag("R13.2")
    void aDetailIsNotTypedWhileTheTimeStepIsLong() {
        follow(TestInstitution.POLICY.withSigning(TYPED));
        keypad(OcraSuite.parse("OCRA-1:HOTP-SHA256-8:QN10-T11M"));

        assertEquals(SigningMethod.TYPED_CHALLENGE, request(TARO).method());
    }

    @Test
    @Tag("R13.2")
    void aDetailIsTypedWithTheLongestTimeStep() {
        follow(TestInstitution.POLICY.withSigning(TYPED));
        keypad(OcraSuite.parse("OCRA-1:HOTP-SHA256-8:QN10-T10M"));

        assertEquals(SigningMethod.TYPED_DETAIL, request(TARO).method());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OCRA-1:HOTP-SHA1-4:C-QN08",
                "OCRA-1:HOTP-SHA1-5:C-QN08",
                "OCRA-1:HOTP-SHA1-6:QN07",
                "OCRA-1:HOTP-SHA1-6:QN08-PSHA1",
                "OCRA-1:HOTP-SHA1-6:QN08-S064"
            })
    void noTokenHasAWeakSuite(String text) {
        OcraSuite suite = OcraSuite.parse(text);
        OtpSecret secret = OtpSecret.random(suite.algorithm(), new SecureRandom());

        assertFalse(SigningKey.isUsable(suite));
        assertRejectsTheSuite(() -> SigningKey.requireUsable(suite));
        assertRejectsTheSuite(() -> new SeedSigning(suite, secret, 0));
        assertRejectsTheSuite(() -> SigningKey.builder()
                .suite(suite)
                .secret(new SealedSecret("key", new byte[60]))
                .build());
    }

    @Test
    @Tag("R10.2")
    void aSigningKeyShowsItsSuiteAndNoSecret() {
        SigningKey key = SigningKey.builder()
                .suite(CHALLENGE_ONLY)
                .secret(new SealedSecret("key-1", new byte[] {0x5e}))
                .build();

        assertEquals(
                "SigningKey[suite=OCRA-1:HOTP-SHA1-6:QN08, secret=SealedSecret[key key-1], nextCounter=0,"
                        + " counterUnknown=false, lastStep=" + SigningKey.NO_STEP + "]",
                key.toString());
    }

    private static void assertRejectsTheSuite(Executable executable) {
        var e = assertThrows(IllegalArgumentException.class, executable);
        assertEquals(
                "The suite of a token must have no PIN, no session information and responses of at least 6 digits, and"
                        + " without a counter or the time challenges of at least 8 characters",
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OCRA-1:HOTP-SHA1-6:C-QN04",
                "OCRA-1:HOTP-SHA1-6:QN04-T1M",
                "OCRA-1:HOTP-SHA1-6:QN08",
                "OCRA-1:HOTP-SHA1-0:QN08"
            })
    void aTokenCanHaveEveryOtherSuite(String text) {
        OcraSuite suite = OcraSuite.parse(text);

        assertTrue(SigningKey.isUsable(suite));
        SigningKey.requireUsable(suite);
    }

    @Test
    @Tag("R13.2")
    void aTransactionWithoutTheDetailToTypeIsMalformed() {
        follow(TestInstitution.POLICY.withSigning(TYPED));
        keypad(WITH_COUNTER);

        for (TransactionDetails details : List.of(
                TransactionDetails.of("amount", "1"),
                TransactionDetails.of("payee", "12345678"),
                TransactionDetails.of("payee", "NWBK0123456"),
                TransactionDetails.of("payee", "01234.56"))) {
            assertEquals(
                    Refusal.MALFORMED,
                    refused(tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, details))
                            .refusal());
        }
    }

    @Test
    @Tag("R13.2")
    @Tag("R11.3")
    void afterARestoredBackupTheHolderTypesARandomChallengeOnce() {
        follow(TestInstitution.POLICY.withSigning(TYPED));
        FakeOcraDevice keypad = keypad(WITH_COUNTER);
        assertAccepted(desk.raiseFloor(clock.instant(), "restored the backup of 9:00", done -> {}));
        clock.advance(Duration.ofHours(1));
        keypad.counter(40);
        RequestedSignature request = request(TARO);

        assertEquals(SigningMethod.TYPED_CHALLENGE, request.method());
        assertAccepted(confirm(request, keypad.respond(request.challenge().orElseThrow())));
        assertEquals(SigningMethod.TYPED_DETAIL, request(TARO).method());
    }

    @Test
    @Tag("R13.3")
    void anOrdinaryCodeConfirmsNothingUnlessThePolicyAllowsIt() {
        activateHardware(TARO, SERIAL);

        assertEquals(
                Refusal.CANNOT_SIGN,
                refused(tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TRANSFER))
                        .refusal());
    }

    @Test
    @Tag("R13.3")
    @Tag("R1.2")
    void anOrdinaryCodeConfirmsOneRequestAndIsSpent() {
        follow(TestInstitution.POLICY.withSigning(
                SigningPolicy.BANK.toBuilder().plainCodes(true).build()));
        FakeAuthenticator shown = activateHardware(TARO, SERIAL);
        RequestedSignature request = request(TARO);
        String code = shown.code();

        assertEquals(SigningMethod.PLAIN_CODE, request.method());
        assertEquals(
                Refusal.OTHER_DETAILS,
                refused(tokens.confirm(TARO, request.id(), TransactionDetails.of("payee", "666"), code))
                        .refusal());
        assertAccepted(confirm(request, code));
        assertRefused(Refusal.REPLAYED, 5, login(TARO, code));
    }

    @Test
    @Tag("R13.3")
    void anOrdinaryCodeConfirmsNothingOnceThePolicyHasWithdrawnIt() {
        follow(TestInstitution.POLICY.withSigning(
                SigningPolicy.BANK.toBuilder().plainCodes(true).build()));
        FakeAuthenticator shown = activateHardware(TARO, SERIAL);
        RequestedSignature request = request(TARO);
        follow(TestInstitution.POLICY);

        assertRefused(Refusal.CANNOT_SIGN, confirm(request, shown.code()));
    }

    @Test
    @Tag("R13.2")
    void anUnknownRequestIsRefused() {
        activate(TARO);

        assertEquals(
                Refusal.NO_REQUEST,
                refused(tokens.confirm(TARO, new RequestId("0".repeat(32)), TRANSFER, "12345678"))
                        .refusal());
    }

    @Test
    void aReservedPurposeIsMisuse() {
        assertThrows(IllegalArgumentException.class, () -> tokens.requestSignature(TARO, Purpose.REVOCATION, TRANSFER));
    }
}
