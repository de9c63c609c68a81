package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.jdbc.faults.Request.Kind;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the request of each event. An acknowledged request has one event. A refused request that counted no failure has
 * no event. A request with an unknown outcome may have one.
 */
final class Ledger {
    private static final String WORD = "request-";

    private final Account account;
    private final List<String> violations;
    private final Map<Holder, List<Request>> ofHolder = new HashMap<>();
    private final Set<Long> recorded = new HashSet<>();

    Ledger(Account account, List<String> violations) {
        this.account = account;
        this.violations = violations;
        for (Request request : account.requests.values()) {
            ofHolder.computeIfAbsent(request.holder(), holder -> new ArrayList<>())
                    .add(request);
        }
    }

    /**
     * Enters an event. Returns the steps of which the event spent one, or the emergency codes that it issued or used; empty for any
     * other event.
     */
    Set<Long> enter(Holder holder, TokenEvent event) {
        if (event.type() == EventType.SUSPENDED) {
            return Set.of();
        }
        List<Request> candidates = candidates(holder, event);
        if (candidates.isEmpty()) {
            violations.add("event without its change: nobody asked for " + event + " of " + holder);
            return Set.of();
        }
        long first = candidates.get(0).id();
        recorded.add(first);
        if (event.type() == EventType.EMERGENCY_CODES_ISSUED) {
            return IntStream.range(0, EmergencyCode.IN_SET)
                    .mapToObj(slot -> EmergencyCode.number(first, slot))
                    .collect(Collectors.toSet());
        }
        return spends(event) ? candidates.stream().map(Request::step).collect(Collectors.toSet()) : Set.of();
    }

    private static boolean spends(TokenEvent event) {
        return event.operator() == null
                && Set.of(
                                EventType.ACTIVATED,
                                EventType.CODE_ACCEPTED,
                                EventType.REVOKED,
                                EventType.EMERGENCY_CODE_ACCEPTED)
                        .contains(event.type());
    }

    /** Returns the acknowledged requests for this event, or else those with an unknown outcome. */
    private List<Request> candidates(Holder holder, TokenEvent event) {
        List<Request> unsettled = new ArrayList<>();
        for (Request request : of(holder, event)) {
            if (!recorded.contains(request.id()) && fits(request, event)) {
                if (acknowledges(request, event)) {
                    return List.of(request);
                }
                if (account.isUnsettled(request)) {
                    unsettled.add(request);
                }
            }
        }
        return unsettled;
    }

    /** Returns the one request that an event names, or those of its holder. */
    private List<Request> of(Holder holder, TokenEvent event) {
        if (event.type() == EventType.SIGNATURE_CONFIRMED || event.type() == EventType.WRONG_SIGNATURE) {
            return ofHolder.getOrDefault(holder, List.of()); // the purpose names the request that asked to sign
        }
        String word = word(event);
        if (!word.startsWith(WORD)) {
            return ofHolder.getOrDefault(holder, List.of());
        }
        Request named = account.requests.get(Long.parseLong(word.substring(WORD.length())));
        return named != null && named.holder().equals(holder) ? List.of(named) : List.of();
    }

    /** Returns the text of the caller that the event carries, or an empty text. */
    private static String word(TokenEvent event) {
        String reference = event.origin().reference();
        if (reference != null) {
            return reference;
        }
        Purpose purpose = event.purpose();
        Operator operator = event.operator();
        return operator != null ? operator.value() : purpose != null ? purpose.value() : "";
    }

    private static boolean fits(Request request, TokenEvent event) {
        Kind kind = request.kind();
        if (event.type() == EventType.WRONG_CODE) {
            return Objects.equals(purpose(request), event.purpose());
        }
        return (event.type() == kind.event || event.type() == kind.wrong)
                && kind.isByOperator() == (event.operator() != null)
                && (request.serial() == null || request.serial().equals(event.serial()));
    }

    private static @Nullable Purpose purpose(Request request) {
        return switch (request.kind()) {
            case VERIFY -> request.purpose();
            case ACTIVATE -> new Purpose("activation");
            case REVOKE -> new Purpose("revocation");
            default -> null;
        };
    }

    private boolean acknowledges(Request request, TokenEvent event) {
        Answer answer = account.answer(request);
        SerialNumber issued = answer.serial();
        return event.type() == request.kind().wrong
                ? answer.isWrong()
                : answer.isDone() && (issued == null || issued.equals(event.serial()));
    }

    /** Returns the acknowledged requests without an event, after all events were entered. */
    void close() {
        for (Request request : account.requests.values()) {
            Answer answer = account.answer(request);
            boolean isRecorded = answer.isDone() || answer.isWrong();
            if (isRecorded && !recorded.contains(request.id())) {
                violations.add("acknowledged change lost: " + request + " was told " + answer + ", and has no event");
            }
        }
    }
}
