package dev.watchword.demo.desk;

import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an operator can do for one holder. */
enum DeskAction {
    SUSPEND,
    RESUME,
    SUSPEND_HOLDER,
    RESUME_HOLDER,
    ORDER,
    ASSIGN,
    SEND,
    REPLACE_WITH_HARDWARE,
    REPLACE_WITH_SOFTWARE,
    EMERGENCY_CODES,
    RESET_FACTORS,
    CANCEL,
    REVOKE,
    ERASE;

    /** The kind of reason that leaves the token in use until its successor is activated. */
    static final String STAYS_IN_USE = "STAYS_IN_USE";

    /** {@return the kinds of reason to choose from; empty if the action has none} */
    public List<String> kinds() {
        return switch (this) {
            case SUSPEND -> List.of("LOST", "STOLEN", "BROKEN", "OTHER");
            case REPLACE_WITH_HARDWARE, REPLACE_WITH_SOFTWARE ->
                List.of("LOST", "STOLEN", "BROKEN", "OTHER", STAYS_IN_USE);
            case SUSPEND_HOLDER -> List.of("FRAUD_SUSPECTED", "OTHER");
            default -> List.of();
        };
    }

    /** {@return whether the operator enters a reason in words} */
    public boolean hasReason() {
        return this != ASSIGN && this != SEND && this != ERASE;
    }

    /** {@return whether the action stops what the customer does now, so that the customer's sessions end} */
    boolean endsSessions(@Nullable String kind) {
        return switch (this) {
            case SUSPEND, SUSPEND_HOLDER, REVOKE -> true;
            case REPLACE_WITH_HARDWARE, REPLACE_WITH_SOFTWARE -> !STAYS_IN_USE.equals(kind);
            default -> false;
        };
    }

    /** {@return the last part of the address of the action's page} */
    public String path() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<DeskAction> ofPath(String path) {
        return Stream.of(values()).filter(action -> action.path().equals(path)).findFirst();
    }

    /** {@return the actions that make sense for a holder; the library decides again when one is carried out} */
    static Set<DeskAction> of(Registration registration) {
        TokenInfo token = registration.token();
        PendingInfo pending = registration.pending();
        TokenInfo waiting = pending == null ? null : pending.token();
        Set<DeskAction> allowed = EnumSet.of(RESET_FACTORS);
        allowed.add(registration.suspension() == null ? SUSPEND_HOLDER : RESUME_HOLDER);
        if (token != null || waiting != null) {
            allowed.add(SUSPEND);
        }
        if (isSuspended(token) || isSuspended(waiting)) {
            allowed.add(RESUME);
        }
        if (token != null) {
            allowed.add(EMERGENCY_CODES);
        }
        if (pending != null) {
            allowed.add(CANCEL);
            step(pending).ifPresent(allowed::add);
        } else if (token != null) {
            allowed.addAll(EnumSet.of(REPLACE_WITH_HARDWARE, REPLACE_WITH_SOFTWARE));
        } else {
            allowed.addAll(EnumSet.of(ORDER, ERASE));
        }
        if (token != null || pending != null) {
            allowed.add(REVOKE);
        }
        return allowed;
    }

    private static boolean isSuspended(@Nullable TokenInfo token) {
        return token != null && token.suspension() != null;
    }

    private static Optional<DeskAction> step(PendingInfo pending) {
        OrderState state = pending.order() == null ? OrderState.SENT : pending.order().state();
        return switch (state) {
            case PLACED -> Optional.of(ASSIGN);
            case ASSIGNED -> Optional.of(SEND);
            case SENT -> Optional.empty();
        };
    }
}
