package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state that an enrolment must have after its events. */
final class Recount {
    /** The state that a token must have. */
    static final class Counted {
        TokenState state = TokenState.ISSUED;
        boolean suspended;
        int failures;
        int failuresSinceAccepted;

        /** The steps of which one is the last spent step; empty before the first. */
        Set<Long> lastStep = Set.of();
    }

    final Map<SerialNumber, Counted> tokens = new LinkedHashMap<>();
    final CountedCodes codes = new CountedCodes();

    /** The signing requests that were confirmed or withdrawn. Each is closed once. */
    private final Set<RequestId> closed = new HashSet<>();

    long version;

    /** The pending token, and the token in use or last in use; {@code null} for an absent token. */
    @Nullable
    SerialNumber waiting;

    @Nullable
    SerialNumber inUse;

    /**
     * Applies an event.
     *
     * @param steps the steps of which the event spent one, or the emergency codes that it issued or used; empty for any other event
     * @return whether it can follow the earlier events: it spends no step that is earlier than a spent one, and no used code
     */
    boolean count(TokenEvent event, Set<Long> steps) {
        SerialNumber serial = event.serial();
        if (serial == null) {
            version++;
            return codes.count(event.type(), steps);
        }
        version += event.type() == EventType.SUSPENDED ? 0 : 1;
        if (event.type() == EventType.ISSUED) {
            waiting = serial;
            return tokens.put(serial, new Counted()) == null;
        }
        Counted token = tokens.get(serial);
        return token != null && count(event, serial, token) && spend(token, steps);
    }

    private boolean count(TokenEvent event, SerialNumber serial, Counted token) {
        switch (event.type()) {
            case PROVISIONED, CODE_ACCEPTED -> {}
            case ACTIVATED -> {
                token.state = TokenState.ACTIVE;
                inUse = serial;
                waiting = null;
                codes.end();
            }
            case SIGNATURE_REQUESTED -> {}
            case SIGNATURE_CONFIRMED -> {
                token.failures = 0;
                token.failuresSinceAccepted = 0;
                codes.tokenAccepted();
                return closes(event);
            }
            case SIGNATURE_WITHDRAWN -> {
                return closes(event);
            }
            case WRONG_CODE, WRONG_SIGNATURE -> {
                token.failures++;
                token.failuresSinceAccepted++;
            }
            case SUSPENDED -> token.suspended = true;
            case RESUMED -> {
                token.suspended = false;
                token.failures = 0;
            }
            case REVOKED -> {
                token.state = TokenState.REVOKED;
                token.suspended = false;
                waiting = null;
                codes.end();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean closes(TokenEvent event) {
        return event.request() != null && closed.add(event.request().id());
    }

    private boolean spend(Counted token, Set<Long> steps) {
        if (steps.isEmpty()) {
            return true;
        }
        boolean isLater =
                token.lastStep.stream().allMatch(last -> steps.stream().anyMatch(step -> step > last));
        token.lastStep = steps;
        token.failures = 0;
        token.failuresSinceAccepted = 0;
        codes.tokenAccepted();
        return isLater;
    }
}
