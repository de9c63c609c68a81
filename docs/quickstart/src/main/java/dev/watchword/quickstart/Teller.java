package dev.watchword.quickstart;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.operations.Helpdesk;
import dev.watchword.otp.lifecycle.operations.HistoryVerdict;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The narrator of the steps. It prints the outcome of each step, and stops at the first unexpected one. */
final class Teller {
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm zzz", Locale.ROOT).withZone(Bank.POLICY.zone());

    private final Institution bank;
    private final TokenService tokens;
    private final Holder holder;
    private int steps;

    Teller(Institution bank, Holder holder) {
        this.bank = bank;
        tokens = bank.tokens();
        this.holder = holder;
    }

    static void say(String line) {
        OUT.println(line);
    }

    /** Returns the number of steps so far. */
    int steps() {
        return steps;
    }

    /** Takes a step that changes nothing and shows the holder's registration. */
    void look(String what, boolean loginAsksForCode) {
        Registration registration = tokens.registration(holder);
        show(what, null, registration, registration, "login asks for a code: " + registration.loginAsksForCode());
        expect(what, String.valueOf(loginAsksForCode), String.valueOf(registration.loginAsksForCode()));
    }

    /** Takes a step with a code. */
    <T> Outcome<T> step(String what, String code, Function<String, Outcome<T>> action, String expected) {
        return take(what, code, () -> action.apply(code), expected);
    }

    /** Takes a step without a code. */
    <T> Outcome<T> step(String what, Supplier<Outcome<T>> action, String expected) {
        return take(what, null, action, expected);
    }

    private <T> Outcome<T> take(String what, @Nullable String code, Supplier<Outcome<T>> action, String expected) {
        Registration before = tokens.registration(holder);
        Outcome<T> outcome = action.get();
        String told = outcome.fold(accepted -> "accepted", Teller::told);
        show(what, code, before, tokens.registration(holder), told);
        expect(what, expected, told);
        return outcome;
    }

    private static String told(Refused<?> refused) {
        OptionalInt left = refused.triesLeft();
        String fields = refused.fields().isEmpty() ? "" : " " + refused.fields();
        return "refused: " + refused.refusal() + fields + (left.isPresent() ? ", tries left: " + left.getAsInt() : "");
    }

    /** Prints the whole history as the helpdesk sees it, and the holder's situation, in both languages. */
    void history(List<EventType> expected, Instant now) {
        List<TokenEvent> events = bank.histories().read(holder, 0, 100);
        for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            Helpdesk helpdesk = bank.helpdesk(language);
            say("The history, " + language.getDisplayLanguage(Locale.ENGLISH));
            List<String> sentences = helpdesk.history(events);
            for (int i = 0; i < sentences.size(); i++) {
                say(padded((i + 1) + ".", 4) + sentences.get(i));
            }
            helpdesk.situation(tokens.registration(holder), now).forEach(Teller::say);
        }
        expect(
                "the history",
                expected.toString(),
                events.stream().map(TokenEvent::type).toList().toString());
    }

    /** Prints the verdict on the chain of the history. */
    static void verdict(HistoryVerdict verdict, int events) {
        say("The chain of the history: " + verdict);
        expect(
                "the chain of the history",
                HistoryVerdict.of(events, 0, List.of()).toString(),
                verdict.toString());
    }

    private void show(String what, @Nullable String code, Registration before, Registration after, String outcome) {
        steps++;
        say(padded(before.status() + " → " + after.status(), 30) + what);
        if (code != null) {
            say("    code     " + code);
        }
        say("    outcome  " + outcome);
        say("    token    " + shown(after));
    }

    private static String shown(Registration registration) {
        TokenInfo token = registration.token();
        PendingInfo waiting = registration.pending();
        String inUse = token == null
                ? "none"
                : shown(token) + ", service ID " + registration.serviceId() + ", user ID " + registration.userId();
        return waiting == null ? inUse : inUse + "; waits: " + shown(waiting);
    }

    private static String shown(PendingInfo waiting) {
        Order order = waiting.order();
        String ordered = order == null ? "" : "order " + order.state().name().toLowerCase(Locale.ROOT);
        TokenInfo token = waiting.token();
        return ordered + (order == null || token == null ? "" : ", ") + (token == null ? "" : shown(token));
    }

    private static String shown(TokenInfo token) {
        return token.kind() + " " + token.serial() + ", activated " + shown(token.activatedAt()) + ", expires "
                + shown(token.expiresAt());
    }

    private static String shown(@Nullable Instant instant) {
        return instant == null ? "not yet" : TIME.format(instant);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private static void expect(String what, String expected, String actual) {
        if (!actual.equals(expected)) {
            throw new IllegalStateException(what + ": expected " + expected + ", but it is " + actual);
        }
    }
}
