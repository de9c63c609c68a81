package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The number of an institution's tokens of one kind and state, and how many of them are suspended. Immutable. */
public final class TokenCount {
    /** The order by kind, then by state. */
    public static final Comparator<TokenCount> ORDER =
            Comparator.comparing(TokenCount::kind).thenComparing(TokenCount::state);

    private final TokenKind kind;
    private final TokenState state;
    private final long tokens;
    private final long suspended;

    private TokenCount(TokenKind kind, TokenState state, long tokens, long suspended) {
        this.kind = requireNonNull(kind, "kind");
        this.state = requireNonNull(state, "state");
        this.tokens = tokens;
        this.suspended = suspended;
        if (suspended < 0 || suspended > tokens) {
            throw new IllegalArgumentException(
                    "suspended must be 0 to the number of tokens, " + tokens + ", not " + suspended);
        }
    }

    /**
     * Creates the value.
     *
     * @param kind the kind of the tokens
     * @param state the state of the tokens
     * @param tokens their number, from 0
     * @param suspended how many of them are suspended, 0 to {@code tokens}
     * @return the value
     * @throws IllegalArgumentException if a number is out of range
     */
    public static TokenCount of(TokenKind kind, TokenState state, long tokens, long suspended) {
        return new TokenCount(kind, state, tokens, suspended);
    }

    /**
     * Returns a copy with another number of suspended tokens.
     *
     * @param newSuspended how many of the tokens are suspended
     * @return a copy that is otherwise the same
     * @throws IllegalArgumentException if the number is out of range
     */
    public TokenCount withSuspended(long newSuspended) {
        return new TokenCount(kind, state, tokens, newSuspended);
    }

    /** {@return the kind of the tokens} */
    public TokenKind kind() {
        return kind;
    }

    /** {@return the state of the tokens: issued or active} */
    public TokenState state() {
        return state;
    }

    /** {@return the number of the tokens, suspended and expired ones included} */
    public long tokens() {
        return tokens;
    }

    /** {@return the number of these tokens that are suspended; a suspension of the holder does not count} */
    public long suspended() {
        return suspended;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TokenCount that
                        && kind == that.kind
                        && state == that.state
                        && tokens == that.tokens
                        && suspended == that.suspended);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, state, tokens, suspended);
    }

    @Override
    public String toString() {
        return "TokenCount[kind=" + kind + ", state=" + state + ", tokens=" + tokens + ", suspended=" + suspended + "]";
    }
}
