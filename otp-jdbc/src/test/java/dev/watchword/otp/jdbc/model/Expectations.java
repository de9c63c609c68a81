package dev.watchword.otp.jdbc.model;

import static dev.watchword.otp.jdbc.support.Outcomes.refusal;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RequestInfo;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.model.TokenState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares one institution with its model. A failure shows the script that led to it. */
final class Expectations {
    private final Script script;
    private final LifeBank bank;

    Expectations(Script script, LifeBank bank) {
        this.script = script;
        this.bank = bank;
    }

    void expect(String name, @Nullable Object actual, @Nullable Object expected) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError(name + " must be " + expected + ", but is " + actual + "\nafter " + script);
        }
    }

    /** Compares an outcome and the remaining attempts of a token. Returns the expected refusal. */
    @Nullable
    Refusal outcome(@Nullable Refusal expected, Outcome<?> outcome, @Nullable ModelToken counted) {
        OptionalInt left =
                counted == null ? OptionalInt.empty() : OptionalInt.of(counted.triesLeft(bank.policy.lock()));
        return outcome(expected, outcome, left);
    }

    /** Compares an outcome and the remaining attempts. Returns the expected refusal. */
    @Nullable
    Refusal outcome(@Nullable Refusal expected, Outcome<?> outcome, OptionalInt left) {
        expect("the outcome", refusal(outcome), expected);
        if (expected != null) {
            expect("the tries left", outcome.fold(accepted -> null, Refused::triesLeft), left);
        }
        return expected;
    }

    /** Compares a holder's registration, new events and stored secrets. */
    void holder(Holder holder, long eventsBefore, Instant now) {
        ModelHolder model = bank.model(holder);
        registration(bank.tokens.registration(holder), model, now);
        List<EventType> events = bank.histories.read(holder, eventsBefore, 100).stream()
                .map(TokenEvent::type)
                .toList();
        expect("the new events", events, model.events);
        bank.store.find(bank.serviceId, holder).ifPresent(this::revokedTokenHasNoSecret);
        eachTokenHasOneHolder();
    }

    private void registration(Registration shown, ModelHolder model, Instant now) {
        expect("the status", shown.status(), model.status(now));
        expect("whether login requires a code", shown.loginAsksForCode(), model.loginAsksForCode());
        expect("the token in use", serial(shown.token()), model.inUse == null ? null : model.inUse.serial);
        expect(
                "the day of the last accepted code",
                day(shown.token()),
                model.inUse == null ? null : model.inUse.lastAcceptedOn);
        ModelCodeSet emergency = model.backup.emergency(now);
        ModelCodeSet recovery = model.backup.recovery();
        expect(
                "the end of the emergency codes",
                shown.emergencyCodesUntil(),
                emergency == null ? null : emergency.expiresAt);
        expect("the unused recovery codes", shown.recoveryCodesLeft(), recovery == null ? 0 : recovery.unused());
        expect(
                "the open requests",
                shown.openRequests().stream().map(RequestInfo::id).toList(),
                model.signing.listed(now));
        ModelPending expected = model.pending;
        PendingInfo pending = shown.pending();
        expect("whether something is pending", pending != null, expected.isLive(now));
        if (pending != null) {
            expect("the pending token", serial(pending.token()), expected.token == null ? null : expected.token.serial);
            expect(
                    "the day of the last accepted code of the pending token",
                    day(pending.token()),
                    expected.token == null ? null : expected.token.lastAcceptedOn);
            expect("the order", pending.order() == null ? null : pending.order().state(), expected.order);
            expect("the time of the lapse", pending.lapsesAt(), expected.lapsesAt);
        }
        expect("whether there is a user ID", shown.userId() != null, model.hasUserId);
    }

    private static @Nullable LocalDate day(@Nullable TokenInfo token) {
        return token == null ? null : token.lastAcceptedOn();
    }

    private static @Nullable String serial(@Nullable TokenInfo token) {
        return token == null ? null : token.serial().value();
    }

    private void revokedTokenHasNoSecret(Enrolment enrolment) {
        Token token = enrolment.token();
        if (token != null && token.state() == TokenState.REVOKED) {
            expect("the secret of a revoked token", token.secret(), null);
        }
    }

    private void eachTokenHasOneHolder() {
        Set<String> serials = new HashSet<>();
        for (Holder holder : bank.holders.keySet()) {
            Registration shown = bank.tokens.registration(holder);
            PendingInfo pending = shown.pending();
            for (TokenInfo token : Arrays.asList(shown.token(), pending == null ? null : pending.token())) {
                expect(
                        "that " + token + " has one holder",
                        token == null || serials.add(token.serial().value()),
                        true);
            }
        }
    }
}
