package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.Hotp;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.LookAhead;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.StockedTokens;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation costs the same number of code HMACs for every holder: unknown, without a token, with a token of any kind,
 * algorithm and number of digits that is pending, in use or suspended. The numbers depend on the policy and on the operation.
 */
@Tag("R2.7")
class EqualWorkTest extends InstitutionFixture {
    /** A secret whose codes at the time of these tests are not the texts below. */
    private static final OtpSecret SECRET =
            OtpSecret.copyOf("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    private static final TotpProfile SIX_DIGITS = TotpProfile.of(HmacAlgorithm.SHA256, 6, Duration.ofSeconds(30));
    private static final TotpProfile NINE_DIGITS = TotpProfile.of(HmacAlgorithm.SHA512, 9, Duration.ofSeconds(90));
    private static final TransactionDetails OTHER = TransactionDetails.of("payee", "6660666");
    private static final List<String> WRONG = List.of("012345", "0123456", "01234567", "012345678");
    private static final List<String> MALFORMED = List.of("", "01234", "0123456789", "01234 67", "０１２３４５６７");

    /** A policy, and the HMACs for a code, for the first code of a hardware token, and for a resynchronisation. */
    @SuppressWarnings("ImmutableEnumChecker") // a policy is immutable
    enum Costs {
        BANK(CodePolicy.BANK, 12, 52, 211),
        AUTHENTICATOR_APP(CodePolicy.AUTHENTICATOR_APP, 12, 52, 211),
        WIDE_WINDOWS(
                CodePolicy.BANK.toBuilder()
                        .window(new TotpWindow(4, 3))
                        .activationWindow(new TotpWindow(9, 10))
                        .lookAhead(LookAhead.builder()
                                .atLogin(0)
                                .atActivation(0)
                                .toResynchronise(1)
                                .build())
                        .build(),
                16,
                40,
                41);

        private final CodePolicy codes;
        private final int ofCode;
        private final int ofFirstCode;
        private final int ofTwoCodes;

        Costs(CodePolicy codes, int ofCode, int ofFirstCode, int ofTwoCodes) {
            this.codes = codes;
            this.ofCode = ofCode;
            this.ofFirstCode = ofFirstCode;
            this.ofTwoCodes = ofTwoCodes;
        }
    }

    private interface Operation {
        Outcome<?> run(Holder holder, String code);
    }

    private final Map<String, Holder> holders = new LinkedHashMap<>();
    private final Map<Holder, SerialNumber> serials = new LinkedHashMap<>();
    private TokenService counted = tokens;
    private int tried;

    private void follow(Costs costs) {
        TokenPolicy policy = TestInstitution.POLICY
                .withCodes(costs.codes)
                .withLock(LockPolicy.builder()
                        .failureLimit(100)
                        .failureCeiling(100)
                        .build())
                .withRenewal(RenewalPolicy.builder()
                        .kinds(EnumSet.allOf(TokenKind.class))
                        .lead(Duration.ofDays(10_000))
                        .build());
        follow(policy);
        tokens = TestInstitution.builder(store, clock)
                .policy(policy)
                .random(alwaysTheSame())
                .build()
                .tokens();
        counted = TestInstitution.builder(store, clock)
                .policy(policy)
                .codesTried(codes -> tried += codes)
                .build()
                .tokens();
    }

    /** Fixed secrets of phones, so that the texts are wrong in every run. */
    private static SecureRandom alwaysTheSame() {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(1);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @CanIgnoreReturnValue
    private Holder holder(String situation) {
        Holder holder = new Holder(situation.replace(' ', '-').replace(",", ""));
        holders.put(situation, holder);
        return holder;
    }

    private void assign(Holder holder, OtpProfile profile, CodeState codes) {
        SerialNumber serial = new SerialNumber(Integer.toString(70_000_000 + serials.size()));
        serials.put(holder, serial);
        BatchId batch = new BatchId("of-" + serial);
        StockedTokens.stock(
                store,
                StockedTokens.of(
                        batch,
                        serial,
                        profile,
                        clock.instant().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofDays(365)),
                        codes,
                        SECRET));
        assertAccepted(desk.assign(holder, serial.value()));
    }

    @CanIgnoreReturnValue
    private Holder sent(String situation, OtpProfile profile, CodeState codes) {
        Holder holder = holder(situation);
        assertAccepted(tokens.orderHardware(holder, Confirmation.NONE));
        assign(holder, profile, codes);
        assertAccepted(desk.send(holder));
        return holder;
    }

    @CanIgnoreReturnValue
    private Holder inUse(String situation, OtpProfile profile, CodeState codes) {
        Holder holder = sent(situation, profile, codes);
        assertAccepted(
                tokens.activateHardware(holder, String.valueOf(serials.get(holder)), code(shown(profile, codes))));
        return holder;
    }

    private String shown(OtpProfile profile, CodeState codes) {
        if (profile instanceof HotpProfile hotp) {
            return Hotp.of(hotp, SECRET).generate(codes.lastStep() + 1);
        }
        FakeAuthenticator authenticator = new FakeAuthenticator((TotpProfile) profile, SECRET, clock);
        authenticator.drift(codes.drift());
        return authenticator.code();
    }

    private void meetEveryHolder() {
        CodeState none = CodeState.NEW;
        CodeState counter = CodeState.ofNextCounter(3);
        holder("unknown");
        assertAccepted(tokens.orderHardware(holder("cancelled"), Confirmation.NONE));
        assertAccepted(tokens.cancel(new Holder("cancelled"), Confirmation.NONE));
        assertAccepted(tokens.orderHardware(holder("ordered"), Confirmation.NONE));
        assertAccepted(tokens.orderHardware(holder("assigned"), Confirmation.NONE));
        assign(new Holder("assigned"), TotpProfile.BANK, none);
        sent("sent", TotpProfile.BANK, none);
        sent("sent, six digits", SIX_DIGITS, none);
        sent("sent, nine digits", NINE_DIGITS, none);
        sent("sent, fast", TotpProfile.BANK, new CodeState(none.lastStep(), 15));
        sent("sent, HOTP", HotpProfile.STANDARD, counter);
        assertAccepted(tokens.issueSoftware(holder("issued"), REQUEST, Confirmation.NONE));
        issue(holder("provisioned"));
        activate(holder("phone"));
        inUse("hardware", TotpProfile.BANK, none);
        inUse("hardware, six digits", SIX_DIGITS, none);
        inUse("hardware, nine digits", NINE_DIGITS, none);
        inUse("hardware, slow", TotpProfile.BANK, new CodeState(none.lastStep(), -20));
        inUse("hardware, a bit fast", TotpProfile.BANK, new CodeState(none.lastStep(), 1));
        inUse("HOTP", HotpProfile.STANDARD, counter);
        Holder suspended = inUse("suspended", TotpProfile.BANK, none);
        assertAccepted(desk.suspend(suspended, SuspensionReason.LOST, "phoned in"));
        Holder renewing = inUse("renewing", TotpProfile.BANK, none);
        clock.advance(Duration.ofMinutes(2));
        assertAccepted(tokens.renewHardware(renewing, code(shown(TotpProfile.BANK, none))));
        assign(renewing, SIX_DIGITS, none);
        assertAccepted(desk.send(renewing));
    }

    private Map<String, Operation> operations() {
        Map<String, Operation> operations = new LinkedHashMap<>();
        operations.put("verify", (holder, code) -> counted.verify(holder, code, Purpose.LOGIN));
        operations.put("activate software", (holder, code) -> counted.activateSoftware(holder, code(code)));
        operations.put("revoke", (holder, code) -> counted.revoke(holder, code(code)));
        operations.put("renew hardware", (holder, code) -> counted.renewHardware(holder, code(code)));
        operations.put("renew software", (holder, code) -> counted.renewSoftware(holder, REQUEST, code(code)));
        operations.put("create recovery codes", (holder, code) -> counted.createRecoveryCodes(holder, code(code)));
        operations.put("resynchronise", (holder, code) -> counted.resynchronise(holder, code, code));
        operations.put(
                "activate hardware",
                (holder, code) -> counted.activateHardware(
                        holder, serials.getOrDefault(holder, SERIAL).value(), code(code)));
        operations.put(
                "resynchronise at activation",
                (holder, code) -> counted.activateHardware(
                        holder, serials.getOrDefault(holder, SERIAL).value(), code(code), code));
        operations.put(
                "activate hardware, wrong serial",
                (holder, code) -> counted.activateHardware(holder, SERIAL_2.value(), code(code)));
        return operations;
    }

    private static int cost(Costs costs, String operation) {
        if (operation.startsWith("resynchronise")) {
            return costs.ofTwoCodes;
        }
        return operation.startsWith("activate hardware") ? costs.ofFirstCode : costs.ofCode;
    }

    @ParameterizedTest
    @EnumSource
    void aWrongCodeCostsTheSameForEveryHolder(Costs costs) {
        follow(costs);
        meetEveryHolder();
        operations().forEach((name, operation) -> {
            int evaluated = 0;
            for (String text : WRONG) {
                Map<String, Integer> expected = new LinkedHashMap<>();
                Map<String, Integer> actual = new LinkedHashMap<>();
                for (Map.Entry<String, Holder> holder : holders.entrySet()) {
                    tried = 0;
                    Outcome<?> outcome = operation.run(holder.getValue(), text);
                    assertFalse(outcome.isAccepted());
                    Refusal refusal = refused(outcome).refusal();
                    evaluated += refusal == Refusal.WRONG_CODE || refusal == Refusal.WRONG_SERIAL ? 1 : 0;
                    expected.put(holder.getKey(), cost(costs, name));
                    actual.put(holder.getKey(), tried);
                }
                assertEquals(expected, actual, name + " with a code of " + text.length() + " digits");
            }
            assertTrue(evaluated > 0, name + " must evaluate the code of some holder");
        });
    }

    @ParameterizedTest
    @EnumSource
    void aTextThatIsNoCodeCostsNothingForAnyHolder(Costs costs) {
        follow(costs);
        meetEveryHolder();
        operations().forEach((name, operation) -> {
            for (String text : MALFORMED) {
                holders.forEach((situation, holder) -> {
                    assertFalse(operation.run(holder, text).isAccepted());
                    assertEquals(0, tried, name + " for " + situation);
                });
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aReplayedCodeCostsAsMuchAsAWrongOne(Costs costs) {
        follow(costs);
        CodeState counter = CodeState.ofNextCounter(3);
        Holder hotp = inUse("HOTP", HotpProfile.STANDARD, counter);
        Holder totp = inUse("hardware", TotpProfile.BANK, CodeState.NEW);
        Holder slow = inUse("slow", TotpProfile.BANK, new CodeState(CodeState.NEW.lastStep(), -7));
        for (Holder holder : List.of(hotp, totp, slow)) {
            boolean counts = holder.equals(hotp);
            int drift = holder.equals(slow) ? -7 : 0;
            OtpProfile profile = counts ? HotpProfile.STANDARD : TotpProfile.BANK;
            String spent = shown(profile, counts ? counter : new CodeState(CodeState.NEW.lastStep(), drift));
            tried = 0;
            assertRefused(Refusal.REPLAYED, counted.verify(holder, spent, Purpose.LOGIN));
            assertEquals(costs.ofCode, tried);

            String next = counts
                    ? shown(profile, CodeState.ofNextCounter(4))
                    : shown(profile, new CodeState(CodeState.NEW.lastStep(), drift + 1));
            tried = 0;
            assertRefused(Refusal.REPLAYED, counted.resynchronise(holder, spent, next));
            assertEquals(costs.ofTwoCodes, tried);
        }
    }

    /** The forms of a response to a signing request, and whether the request is open, cost the same. */
    @Test
    void everyResponseCostsAsMuchAsAWrongCode() {
        follow(Costs.BANK);
        TransactionDetails transfer = TransactionDetails.of("payee", "0123456");
        FakePhone phone = FakePhone.active(tokens, TARO, clock);
        RequestedSignature request =
                tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, transfer).orElseThrow();
        String right = phone.approve(request.sealedRequest().orElseThrow());
        String wrong = right.startsWith("0") ? "11111111" : "00000000";
        Holder other = inUse("hardware", TotpProfile.BANK, CodeState.NEW);
        RequestId unknown = new RequestId("0".repeat(32));
        Map<String, Supplier<Outcome<Registration>>> attempts = new LinkedHashMap<>();
        attempts.put("unknown holder", () -> counted.confirm(HANAKO, request.id(), transfer, wrong));
        attempts.put("another holder", () -> counted.confirm(other, request.id(), transfer, wrong));
        attempts.put("unknown request", () -> counted.confirm(TARO, unknown, transfer, wrong));
        attempts.put("other details", () -> counted.confirm(TARO, request.id(), OTHER, right));
        attempts.put("malformed", () -> counted.confirm(TARO, request.id(), transfer, "1"));
        attempts.put("wrong", () -> counted.confirm(TARO, request.id(), transfer, wrong));
        attempts.put("right", () -> counted.confirm(TARO, request.id(), transfer, right));
        attempts.put("confirmed before", () -> counted.confirm(TARO, request.id(), transfer, right));
        Map<String, Integer> costs = new LinkedHashMap<>();
        attempts.forEach((name, attempt) -> {
            tried = 0;
            assertEquals(name.equals("right"), attempt.get().isAccepted(), name);
            costs.put(name, tried);
        });

        assertEquals(Set.of(Costs.BANK.ofCode), Set.copyOf(costs.values()), costs::toString);
    }
}
