package dev.watchword.otp.lifecycle;

import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.internal.machine.Activate;
import dev.watchword.otp.lifecycle.internal.machine.Entered;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The code or the two consecutive codes of an activation, and the search for them. The operation chooses the search, so that the
 * cost does not tell which kind of token is pending.
 */
final class ActivationCodes {
    /** The steps or counters that are compared. */
    private enum Search {
        /** Those of a login. */
        EVERY,
        /** Those of the first code of a hardware token. */
        FIRST,
        /** Those of a resynchronisation. */
        CONSECUTIVE
    }

    private final Search search;
    private final Confirmation confirmation;
    private final String next;

    private ActivationCodes(Search search, Confirmation confirmation, String next) {
        this.search = search;
        this.confirmation = confirmation;
        this.next = next;
    }

    /** The code of a software token. */
    static ActivationCodes software(Confirmation confirmation) {
        return new ActivationCodes(Search.EVERY, confirmation, "");
    }

    /** The first code of a hardware token. */
    static ActivationCodes hardware(Confirmation confirmation) {
        return new ActivationCodes(Search.FIRST, confirmation, "");
    }

    /**
     * Two consecutive codes of a hardware token.
     *
     * @throws IllegalStateException if the policy switches resynchronisation off
     */
    static ActivationCodes hardware(CodePolicy policy, Confirmation confirmation, @Nullable String next) {
        requireResynchronisation(policy);
        return new ActivationCodes(Search.CONSECUTIVE, confirmation, next == null ? "" : next);
    }

    static void requireResynchronisation(CodePolicy policy) {
        if (policy.resynchronisationRange() == 0) {
            throw new IllegalStateException("The policy switches resynchronisation off: resynchronisationRange is 0");
        }
    }

    /** The number of digits of each of two codes; 0 if one of them is not a code, or if their lengths differ. */
    static int digitsOfEach(String first, String second) {
        return first.length() == second.length() ? Confirmation.digits(first + second) / 2 : 0;
    }

    Activate command(@Nullable SerialNumber serial) {
        return new Activate(serial, search == Search.CONSECUTIVE);
    }

    Entered entered() {
        Entered entered = confirmation.entered();
        return search == Search.CONSECUTIVE
                ? new Entered(entered.password(), entered.mailCode(), digitsOfEach(first(), next))
                : entered;
    }

    Verification verify(CodeVerifier codes, Token token, Instant now) {
        return switch (search) {
            case EVERY -> codes.verify(token, first(), now);
            case FIRST -> codes.verifyFirst(token, first(), now);
            case CONSECUTIVE -> codes.verifyConsecutive(token, first(), next, now);
        };
    }

    /** Computes as many codes as for wrong ones. */
    void pretend(CodeVerifier codes) {
        switch (search) {
            case EVERY -> codes.pretend(first());
            case FIRST -> codes.pretendFirst(first());
            case CONSECUTIVE -> codes.pretendConsecutive(first(), next);
        }
    }

    private String first() {
        return confirmation.codeOrEmpty();
    }

    /** {@return a text that is the same for all codes} */
    @Override
    public String toString() {
        return "ActivationCodes[redacted]";
    }
}
