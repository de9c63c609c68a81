package dev.watchword.otp.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Which tokens may have a successor, and from when on. Immutable.
 *
 * @param kinds the kinds of token that may be renewed
 * @param lead how long before its expiry a token may be renewed, at most 100 years
 */
public record RenewalPolicy(Set<TokenKind> kinds, Duration lead) {
    /** A bank's: hardware tokens, from 90 days before their expiry. */
    public static final RenewalPolicy BANK = new RenewalPolicy(Set.of(TokenKind.HARDWARE), Duration.ofDays(90));

    /** Tokens of both kinds, from 90 days before their expiry. */
    public static final RenewalPolicy ALL_KINDS =
            new RenewalPolicy(Set.of(TokenKind.HARDWARE, TokenKind.SOFTWARE), Duration.ofDays(90));

    /**
     * Creates a policy.
     *
     * @throws IllegalArgumentException if the lead is out of range
     */
    public RenewalPolicy {
        kinds = Set.copyOf(kinds);
        Require.duration(lead, "lead", Duration.ZERO, Require.CENTURY);
    }

    boolean isTooEarly(Token token, Instant now) {
        return now.isBefore(token.expiresAt().minus(lead));
    }
}
