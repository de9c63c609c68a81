package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.seeds.FileProblem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes the history of a holder's tokens, their status, refusals and the problems of imported files, each with the next step, in
 * English or Japanese sentences. Immutable and safe for use by several threads.
 */
public final class Helpdesk {
    private static final String SENTENCES = "dev.watchword.otp.lifecycle.operations.helpdesk";
    private static final Pattern WORD = Pattern.compile("\\{(\\w+)}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

    /** The refusals with a number of remaining attempts. */
    private static final Set<Refusal> COUNTED =
            Set.of(Refusal.WRONG_CODE, Refusal.WRONG_SERIAL, Refusal.WRONG_SIGNATURE, Refusal.WRONG_BACKUP_CODE);

    private final ResourceBundle sentences;
    private final Function<Instant, String> times;

    private Helpdesk(ResourceBundle sentences, Function<Instant, String> times) {
        this.sentences = sentences;
        this.times = times;
    }

    /**
     * Returns a helpdesk for a language.
     *
     * @param language any Japanese locale for Japanese, any other for English; the default locale has no effect
     * @param zone the institution's time zone, in which times are shown
     * @return the helpdesk
     */
    public static Helpdesk in(Locale language, ZoneId zone) {
        boolean japanese = language.getLanguage().equals(Locale.JAPANESE.getLanguage());
        DateTimeFormatter form = TIME.withZone(requireNonNull(zone, "zone"));
        return new Helpdesk(
                ResourceBundle.getBundle(SENTENCES, japanese ? Locale.JAPANESE : Locale.ROOT), form::format);
    }

    /**
     * Returns a helpdesk that shows instants in another form, such as that of the other texts on a page. The default form is ISO 8601
     * with the offset from UTC.
     *
     * @param newTimes returns the text of an instant; it MUST be thread-safe
     * @return the helpdesk
     */
    public Helpdesk withTimes(Function<Instant, String> newTimes) {
        return new Helpdesk(sentences, requireNonNull(newTimes, "newTimes"));
    }

    /**
     * Describes the events of a history.
     *
     * @param events events of one holder
     * @return one or two sentences for each event, in the same order
     */
    public List<String> history(List<TokenEvent> events) {
        return events.stream().map(this::sentence).toList();
    }

    private String sentence(TokenEvent event) {
        String key = "event." + event.type();
        String special = key + (event.serial() == null && event.purpose() == null ? ".order" : "." + event.purpose());
        Map<String, String> words = new HashMap<>();
        words.put("serial", String.valueOf(event.serial()));
        words.put("purpose", purpose(event.purpose()));
        words.put("why", why(event.suspensionReason()));
        String what = say(sentences.containsKey(special) ? special : key, words);
        words.put("time", time(event.at()));
        words.put("what", what);
        words.put("by", by(event.operator()));
        words.put("reason", event.reason() == null ? "" : say("reason", Map.of("reason", event.reason())));
        return say("event", words);
    }

    /**
     * Describes the status of a holder, the reason for it, and the next step.
     *
     * @param registration the registration of the holder
     * @param now the time
     * @return one or more sentences for the token in use, for the pending token or order, and for emergency and recovery codes
     */
    public List<String> situation(Registration registration, Instant now) {
        List<String> said = new ArrayList<>();
        TokenInfo token = registration.token();
        PendingInfo waiting = registration.pending();
        if (registration.suspension() != null) {
            said.add(suspended(registration.suspension()));
        }
        if (token != null) {
            said.add(ofToken(token, now, waiting != null));
        }
        if (token != null && waiting != null) {
            said.add(say("state.successor", Map.of()));
        }
        if (waiting != null) {
            said.add(ofWaiting(waiting));
        }
        Instant emergencyCodesUntil = registration.emergencyCodesUntil();
        if (emergencyCodesUntil != null) {
            said.add(say("state.emergency", Map.of("expiry", time(emergencyCodesUntil))));
        }
        if (registration.recoveryCodesLeft() > 0) {
            said.add(say("state.recovery", Map.of("count", Integer.toString(registration.recoveryCodesLeft()))));
        }
        if (token == null && waiting == null) {
            said.add(say(registration.userId() == null ? "state.none" : "state.ended", Map.of()));
        }
        return said;
    }

    private String ofToken(TokenInfo token, Instant now, boolean hasSuccessor) {
        Suspension suspension = token.suspension();
        if (!now.isBefore(token.expiresAt())) {
            return say("state.expired", words(token));
        }
        if (suspension == null) {
            return say("state.active", words(token)) + lastUsed(token);
        }
        return suspended(hasSuccessor ? "state.replaced" : "state.suspended", token, suspension);
    }

    private String lastUsed(TokenInfo token) {
        LocalDate day = token.lastAcceptedOn();
        return day == null
                ? ""
                : say(
                        "lastUsed",
                        Map.of("since", time(day.atStartOfDay(ZoneOffset.UTC).toInstant())));
    }

    private String suspended(String sentence, TokenInfo token, Suspension suspension) {
        Map<String, String> words = words(token);
        words.put("since", time(suspension.since()));
        words.put("why", why(suspension.reason()));
        words.put("by", by(suspension.operator()));
        return say(sentence, words);
    }

    private String suspended(HolderSuspension suspension) {
        return say(
                "state.holderSuspended",
                Map.of(
                        "since", time(suspension.since()),
                        "why", why(suspension.reason()),
                        "by", by(suspension.operator())));
    }

    private String ofWaiting(PendingInfo waiting) {
        TokenInfo token = waiting.token();
        Order order = waiting.order();
        if (token != null && token.suspension() != null) {
            return suspended("state.suspended", token, token.suspension());
        }
        Map<String, String> words = token == null ? new HashMap<>() : words(token);
        words.put("lapses", time(waiting.lapsesAt()));
        Instant since = order == null ? waiting.provisionableFrom() : order.sentAt();
        words.put("since", time(since != null ? since : requireNonNull(order).placedAt()));
        if (order == null) {
            boolean provisioned = token != null && token.provisionedAt() != null;
            return say(provisioned ? "state.provisioned" : "state.unprovisioned", words);
        }
        return say(
                switch (order.state()) {
                    case PLACED -> "state.ordered";
                    case ASSIGNED -> "state.assigned";
                    case SENT -> "state.sent";
                },
                words);
    }

    private Map<String, String> words(TokenInfo token) {
        Map<String, String> words = new HashMap<>();
        words.put("serial", token.serial().value());
        words.put("expiry", time(token.expiresAt()));
        return words;
    }

    /**
     * Describes the reason for a refusal, and the next step. The text is for helpdesk staff who have verified the identity
     * of the caller, because it reveals more than the {@linkplain Refused#answer answer} for the person at the keyboard.
     *
     * @param refused the refusal
     * @return one or more sentences
     */
    public String refusal(Refused<?> refused) {
        StringBuilder said = new StringBuilder(say("refusal." + refused.refusal(), Map.of()));
        boolean counts = COUNTED.contains(refused.refusal());
        if (counts && refused.triesLeft().isPresent()) {
            int tries = refused.triesLeft().getAsInt();
            said.append(say("tries", Map.of("tries", Integer.toString(tries))));
        }
        refused.notBefore().ifPresent(instant -> said.append(say("notBefore", Map.of("since", time(instant)))));
        return said.toString();
    }

    /**
     * Describes the problem of a record of an imported file, and the next step. The {@linkplain BadRecord#place() place} of the record
     * tells where the problem is.
     *
     * @param problem the kind of the problem
     * @return one or more sentences
     */
    public String problem(RecordProblem problem) {
        return say("record." + problem, Map.of());
    }

    /**
     * Describes the problem of a seed file that cannot be read to its end, and the next step.
     *
     * @param problem the kind of the problem
     * @return one or more sentences
     */
    public String problem(FileProblem problem) {
        return say("file." + problem, Map.of());
    }

    private String time(Instant at) {
        return times.apply(at);
    }

    private String by(@Nullable Operator operator) {
        return operator == null ? "" : say("by", Map.of("operator", operator.value()));
    }

    private String why(@Nullable SuspensionReason reason) {
        return reason == null ? "" : say("why." + reason, Map.of());
    }

    /** {@return the sentence part for a purpose; a purpose of the application appears under its own name} */
    private String purpose(@Nullable Purpose purpose) {
        if (purpose == null) {
            return "";
        }
        String key = "purpose." + purpose;
        return sentences.containsKey(key) ? sentences.getString(key) : purpose.value();
    }

    private String say(String key, Map<String, String> words) {
        return WORD.matcher(sentences.getString(key))
                .replaceAll(word -> Matcher.quoteReplacement(words.getOrDefault(word.group(1), "")));
    }
}
