package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.EventType;
import dev.watchword.otp.lifecycle.FobStock;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.IssueOutcome;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.MailCodeMade;
import dev.watchword.otp.lifecycle.MailCodeOutcome;
import dev.watchword.otp.lifecycle.NotProvisioned;
import dev.watchword.otp.lifecycle.Operation;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.Outcome;
import dev.watchword.otp.lifecycle.ProvisionOutcome;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.Refusal;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.Registration;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.SuspensionReason;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.TokenInfo;
import dev.watchword.otp.lifecycle.TokenPolicy;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.TokenState;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.WaitingInfo;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.stock.CsvFormat;
import dev.watchword.otp.lifecycle.stock.CsvSeedReader;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two institutions on one store, three holders of each, and the naive model of all of them. Every step is taken on both
 * sides, and what comes of it must be alike. The clock is one, and so are the holders' names and the fobs' numbers.
 */
final class LifeWorld {
    private static final List<DeviceKey> DEVICES = List.of(
            DeviceKey.generate(DeviceKeyType.P256, new SecureRandom()),
            DeviceKey.generate(DeviceKeyType.P256, new SecureRandom()));

    private static final int RIGHT_FACTORS = 4;
    private static final int WRONG_CODE = 6;
    private static final String PASSWORD = "hirosaki1";
    private static final String ADDRESS = "taro@bank.example";
    private static final String ACTIVATION_PASSWORD = "4726";

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final SecureRandom random;
    private final List<Institution> institutions;
    private final TokenPolicy policy;
    private final List<String> script = new ArrayList<>();

    <S extends TokenStore & StockStore> LifeWorld(S store, TokenPolicy policy, String firstId, String secondId) {
        this.policy = policy;
        try {
            random = SecureRandom.getInstance("SHA1PRNG");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        random.setSeed(1);
        institutions = List.of(
                new Institution(store, store, new ServiceId(firstId)),
                new Institution(store, store, new ServiceId(secondId)));
    }

    private Instant now() {
        return clock.instant();
    }

    /** One institution, and what the model knows of its holders. */
    private final class Institution {
        private final TokenStore store;
        private final ServiceId serviceId;
        private final TokenService tokens;
        private final OperatorDesk desk;
        private final FobStock fobStock;
        private final Map<Holder, ModelHolder> holders = new HashMap<>();
        private final Map<String, ModelToken> fobs = new HashMap<>();
        private int stocked;

        Institution(TokenStore store, StockStore stock, ServiceId serviceId) {
            this.store = store;
            this.serviceId = serviceId;
            tokens = TokenService.builder(serviceId, store, InMemoryTokens.KEYS, clock)
                    .policy(policy)
                    .random(random)
                    .build();
            desk = tokens.desk(new Operator("helpdesk-7"));
            fobStock = FobStock.of(serviceId, stock, InMemoryTokens.KEYS, clock, random);
            for (String name : List.of("taro", "hanako", "jiro")) {
                holders.put(new Holder(name), new ModelHolder(policy));
            }
        }

        /** Puts one more fob in stock; the numbers are the same at both institutions. */
        void stockOne() {
            String serial = Integer.toString(20_000_000 + stocked++);
            OtpSecret secret = OtpSecret.random(TotpProfile.BANK.algorithm(), random);
            Instant expiresAt = now().plus(Duration.ofDays(200));
            String csv = "serial,secret_hex,kind,digits,step,counter,expiry\n" + serial + ","
                    + HexFormat.of().formatHex(secret.exposeBytes()) + ",TOTP,8,60,," + expiresAt + "\n";
            InputStream file = new ByteArrayInputStream(csv.getBytes(StandardCharsets.US_ASCII));
            fobStock.importBatch(
                    new BatchId("of-" + serial), CsvSeedReader.open(file, CsvFormat.DEFAULT), staged -> {});
            fobs.put(serial, new ModelToken(false, serial, Totp.of(TotpProfile.BANK, secret), expiresAt));
        }

        /** What the model takes for the software token that was issued just now. */
        ModelToken issuedToken(Holder holder) {
            WaitingInfo waiting = requireNonNull(tokens.registration(holder).waiting());
            TokenInfo token = requireNonNull(waiting.token());
            return new ModelToken(true, token.serial().value(), null, token.expiresAt());
        }
    }

    /** One step of a script. */
    record Step(Deed deed, boolean second, int holder, int code, int factor) {
        @Override
        public String toString() {
            String who = List.of("taro", "hanako", "jiro").get(holder) + (second ? "@second " : "@first ");
            return deed.isOfTheWorld()
                    ? deed + " " + code
                    : who
                            + deed
                            + (deed.takesCode ? " with " + Deed.CODES.get(code) : "")
                            + (deed.takesFactor ? " and " + Deed.FACTORS.get(factor) : "");
        }
    }

    /** Takes a step, or all the steps to a phone or a fob in use. */
    void take(Step step) {
        step.deed()
                .steps()
                .forEach(deed -> takeOne(
                        deed == step.deed()
                                ? step
                                : new Step(deed, step.second(), step.holder(), codeOf(deed), RIGHT_FACTORS)));
    }

    private static int codeOf(Deed deed) {
        return deed == Deed.VERIFY ? WRONG_CODE : 0;
    }

    private void takeOne(Step step) {
        Institution institution = institutions.get(step.second() ? 1 : 0);
        Institution other = institutions.get(step.second() ? 0 : 1);
        Holder holder = new Holder(List.of("taro", "hanako", "jiro").get(step.holder()));
        ModelHolder model = requireNonNull(institution.holders.get(holder));
        Registration there = other.tokens.registration(holder);
        long recorded = recorded(institution, holder);
        model.events.clear();
        String outcome = perform(step, institution, holder, model);
        script.add(step + " → " + outcome);
        compare(institution, holder, model, recorded);
        expect("the other institution's view", other.tokens.registration(holder), fresh(other, holder, there, step));
    }

    /** Time alone may change what another institution shows. */
    private Registration fresh(Institution other, Holder holder, Registration before, Step step) {
        return step.deed().isOfTheWorld() ? other.tokens.registration(holder) : before;
    }

    private static long recorded(Institution institution, Holder holder) {
        return institution
                .store
                .find(institution.serviceId, holder)
                .map(Enrolment::eventCount)
                .orElse(0L);
    }

    private String perform(Step step, Institution at, Holder holder, ModelHolder model) {
        switch (step.deed()) {
            case WAIT -> {
                clock.advance(Deed.WAITS.get(step.code()));
                return now().toString();
            }
            case STOCK -> {
                at.stockOne();
                return "in stock";
            }
            default -> {
                Refusal refusal = expected(step, at, holder, model);
                return refusal == null ? "done" : refusal.name();
            }
        }
    }

    /** Asks the model and the service, in this order where the service's answer is not needed first. */
    private @Nullable Refusal expected(Step step, Institution at, Holder holder, ModelHolder model) {
        ModelToken used = model.inUse == null ? model.waiting : model.inUse;
        ModelToken waits = model.waiting == null ? model.inUse : model.waiting;
        Instant now = now();
        ModelHolder.Factors factors = factors(step, model);
        Confirmation confirmation = confirmation(factors);
        String code = code(step.code(), used);
        TokenService tokens = at.tokens;
        return switch (step.deed()) {
            case SET_PASSWORD ->
                check(model.setPassword(PASSWORD, now), tokens.setConfirmationPassword(holder, PASSWORD), model);
            case MAIL_CODE -> {
                Operation operation = step.factor() == 0 ? Operation.ORDER : Operation.ISSUE;
                MailCodeOutcome outcome = tokens.makeMailCode(holder, operation, ADDRESS);
                if (model.mailCodesAreLocked()) {
                    expect("the outcome", ((Refused) outcome).refusal(), Refusal.MAIL_CODE_LOCKED);
                    yield Refusal.MAIL_CODE_LOCKED;
                }
                model.mailCodeMade(((MailCodeMade) outcome).code(), operation, ADDRESS, now);
                yield null;
            }
            case ISSUE ->
                issue(
                        model.mayIssue(ADDRESS, factors, now),
                        tokens.issueSoftware(holder, SoftwareRequest.of(ADDRESS, ACTIVATION_PASSWORD), confirmation),
                        at,
                        holder,
                        model,
                        false);
            case ORDER -> check(model.order(factors, now), tokens.orderFob(holder, confirmation), model);
            case RENEW_SOFTWARE ->
                issue(
                        model.mayRenew(true, factors, code, now),
                        tokens.renewSoftware(
                                holder, SoftwareRequest.of(ADDRESS, ACTIVATION_PASSWORD), confirmation.code(code)),
                        at,
                        holder,
                        model,
                        true);
            case RENEW_FOB -> {
                Refusal refusal = model.mayRenew(false, factors, code, now);
                if (refusal == null) {
                    model.successorOrdered(now);
                }
                yield check(refusal, tokens.renewFob(holder, confirmation.code(code)), model);
            }
            case ASSIGN -> assign(step, at, holder, model);
            case SEND -> check(model.send(now), at.desk.send(holder), model);
            case PROVISION -> provision(step, at, holder, model);
            case ACTIVATE_SOFTWARE -> {
                String shown = code(step.code(), waits);
                yield check(
                        model.activate(null, shown, now),
                        tokens.activateSoftware(holder, Confirmation.NONE.code(shown)),
                        model);
            }
            case ACTIVATE_FOB -> {
                String shown = code(step.code(), waits);
                String serial = step.factor() == 0 || waits == null ? "29999999" : waits.serial;
                yield check(
                        model.activate(serial, shown, now),
                        tokens.activateHardware(holder, serial, Confirmation.NONE.code(shown)),
                        model);
            }
            case VERIFY -> check(model.verify(code, now), tokens.verify(holder, code, Purpose.LOGIN), model);
            case RESYNCHRONISE -> {
                String next = code(step.code() + (step.factor() == 0 ? 1 : 2), used);
                yield check(model.resynchronise(code, next, now), tokens.resynchronise(holder, code, next), model);
            }
            case CANCEL -> check(model.cancel(factors, now), tokens.cancel(holder, confirmation), model);
            case REVOKE ->
                check(model.revoke(factors, code, now), tokens.revoke(holder, confirmation.code(code)), model);
            case LAPSE -> check(model.lapse(now), tokens.lapse(holder), model);
            case SUSPEND ->
                check(model.suspend(now), at.desk.suspend(holder, SuspensionReason.LOST, "phoned in"), model);
            case RESUME -> check(model.resume(now), at.desk.resume(holder, "found it"), model);
            case OPERATOR_CANCELS -> check(model.cancelByOperator(now), at.desk.cancel(holder, "asked to"), model);
            case OPERATOR_REVOKES -> check(model.revokeByOperator(now), at.desk.revoke(holder, "asked to"), model);
            case ERASE -> check(model.erase(now), at.desk.erase(holder), model);
            case RESET_FACTORS -> check(model.resetFactors(now), at.desk.resetFactors(holder, "asked to"), model);
            case WAIT, STOCK, PHONE, FOB, NEXT_FOB, GUESSES -> throw new AssertionError(step);
        };
    }

    private @Nullable Refusal issue(
            @Nullable Refusal expected,
            IssueOutcome outcome,
            Institution at,
            Holder holder,
            ModelHolder model,
            boolean renewal) {
        if (expected == null && outcome instanceof Issued) {
            model.issued(at.issuedToken(holder), ACTIVATION_PASSWORD, renewal, now());
        }
        Refusal actual = outcome instanceof Refused refused ? refused.refusal() : null;
        expect("the outcome", actual, expected);
        return expected;
    }

    private @Nullable Refusal assign(Step step, Institution at, Holder holder, ModelHolder model) {
        int last = Math.max(0, at.stocked - 1);
        String serial = Integer.toString(20_000_000 + (step.code() == 6 ? last + 1 : Math.max(0, last - step.code())));
        ModelToken fob = at.fobs.get(serial);
        Refusal expected = model.assign(fob, now());
        if (expected == null) {
            at.fobs.remove(serial);
        }
        return check(expected, at.desk.assign(holder, new SerialNumber(serial)), model);
    }

    private @Nullable Refusal provision(Step step, Institution at, Holder holder, ModelHolder model) {
        UserId userId = at.tokens.registration(holder).userId();
        int device = step.code() % 2;
        String entered = step.factor() == 0 ? "9999" : ACTIVATION_PASSWORD;
        if (userId == null) {
            return Refusal.UNKNOWN_HOLDER;
        }
        Refusal expected = model.provision(entered, device, now());
        ProvisionOutcome outcome =
                at.tokens.provision(userId, entered, DEVICES.get(device).publicKey());
        expect("the outcome", outcome instanceof NotProvisioned refused ? refused.refusal() : null, expected);
        if (outcome instanceof Provisioned provisioned && model.waiting != null) {
            TokenContents contents = DEVICES.get(device)
                    .open(provisioned.sealedAnswer(), at.serviceId.value(), userId.value())
                    .orElseThrow();
            model.waiting.totp = Totp.of(contents.profile(), contents.secret());
        }
        return expected;
    }

    private ModelHolder.Factors factors(Step step, ModelHolder model) {
        String mailed = model.mailCode == null ? "00000000" : model.mailCode;
        return switch (step.factor()) {
            case 0 -> new ModelHolder.Factors("wrong1234", mailed);
            case 1 -> new ModelHolder.Factors(PASSWORD, "99999999");
            case 2 -> new ModelHolder.Factors(null, mailed);
            default -> new ModelHolder.Factors(PASSWORD, mailed);
        };
    }

    private static Confirmation confirmation(ModelHolder.Factors factors) {
        Confirmation confirmation = Confirmation.NONE;
        if (factors.password() != null) {
            confirmation = confirmation.password(factors.password());
        }
        return factors.mailCode() == null ? confirmation : confirmation.mailCode(factors.mailCode());
    }

    /** Right, early, late and far codes of a token, which may be spent; wrong ones; and what is no code. */
    private String code(int which, @Nullable ModelToken token) {
        return switch (which) {
            case 0 -> token == null ? "12345678" : token.code(now(), 0);
            case 1 -> token == null ? "12345678" : token.code(now(), 1);
            case 2 -> token == null ? "12345678" : token.code(now(), 2);
            case 3 -> token == null ? "12345678" : token.code(now(), -1);
            case 4 -> token == null ? "12345678" : token.code(now(), 9);
            case 5 -> token == null ? "12345678" : token.code(now(), -12);
            case 6 -> "00000000";
            case 7 -> "0000";
            default -> token == null ? "12345678" : token.code(now(), which);
        };
    }

    private @Nullable Refusal check(@Nullable Refusal expected, Outcome outcome, ModelHolder model) {
        expect("the outcome", outcome instanceof Refused refused ? refused.refusal() : null, expected);
        if (outcome instanceof Refused refused) {
            ModelToken counted = model.inUse != null ? model.inUse : model.waiting;
            int left = counted == null ? 0 : counted.triesLeft(policy.lock());
            expect("the tries left", refused.triesLeft(), left);
        }
        return expected;
    }

    private void compare(Institution at, Holder holder, ModelHolder model, long recorded) {
        Registration shown = at.tokens.registration(holder);
        expect("the status", shown.status(), model.status(now()));
        expect("whether login asks", shown.loginAsksForCode(), model.inUse != null);
        expect("the token in use", serial(shown.token()), model.inUse == null ? null : model.inUse.serial);
        boolean waits = model.waits && !model.hasLapsed(now());
        expect("whether something waits", shown.waiting() != null, waits);
        WaitingInfo waiting = shown.waiting();
        if (waiting != null) {
            expect("what waits", serial(waiting.token()), model.waiting == null ? null : model.waiting.serial);
            expect("the order", waiting.order() == null ? null : waiting.order().state(), model.order);
            expect("when it lapses", waiting.lapsesAt(), model.lapsesAt);
        }
        expect("whether there is a user ID", shown.userId() != null, model.numbered);
        List<EventType> events = at.tokens.history(holder, recorded, 100).stream()
                .map(TokenEvent::type)
                .toList();
        expect("the new events", events, model.events);
        at.store.find(at.serviceId, holder).ifPresent(this::hasNoSecretOfTheRevoked);
        expectEachFobOnce(at);
    }

    private static @Nullable String serial(@Nullable TokenInfo token) {
        return token == null ? null : token.serial().value();
    }

    private void hasNoSecretOfTheRevoked(Enrolment enrolment) {
        Token token = enrolment.token();
        if (token != null && token.state() == TokenState.REVOKED) {
            expect("the secret of what was revoked", token.secret(), null);
        }
    }

    private void expectEachFobOnce(Institution at) {
        Set<String> serials = new HashSet<>();
        for (Holder holder : at.holders.keySet()) {
            Registration shown = at.tokens.registration(holder);
            WaitingInfo waiting = shown.waiting();
            for (TokenInfo token : Arrays.asList(shown.token(), waiting == null ? null : waiting.token())) {
                expect(
                        "that " + token + " has one holder",
                        token == null || serials.add(token.serial().value()),
                        true);
            }
        }
    }

    private void expect(String what, @Nullable Object actual, @Nullable Object expected) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError(what + " must be " + expected + ", but is " + actual + "\nafter "
                    + String.join("\n      ", script));
        }
    }
}
