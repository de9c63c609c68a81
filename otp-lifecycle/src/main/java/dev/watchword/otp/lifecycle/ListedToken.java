package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A token in a {@linkplain TokenLists list}, and whose it is.
 *
 * @param holder the holder
 * @param userId the holder's number
 * @param mailAddress where the holder is written to about tokens; {@code null} if no address is known
 * @param token the token
 */
public record ListedToken(
        Holder holder, UserId userId, @Nullable MailAddress mailAddress, TokenInfo token) {
    /** Creates an entry. */
    public ListedToken {
        requireNonNull(holder, "holder");
        requireNonNull(userId, "userId");
        requireNonNull(token, "token");
    }

    /**
     * Returns the entry of a token, for a store that has the enrolment.
     *
     * @param enrolment the enrolment of the holder
     * @param token one of its tokens
     * @return the entry
     */
    public static ListedToken of(Enrolment enrolment, Token token) {
        return new ListedToken(
                enrolment.holder(), enrolment.requireUserId(), enrolment.mailAddress(), TokenInfo.of(token));
    }
}
