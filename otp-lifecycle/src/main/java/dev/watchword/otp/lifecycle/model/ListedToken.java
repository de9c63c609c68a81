package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A token in a list, with its holder. Immutable. */
public final class ListedToken {
    private final Holder holder;
    private final UserId userId;
    private final @Nullable MailAddress mailAddress;
    private final TokenInfo token;

    private ListedToken(Holder holder, UserId userId, @Nullable MailAddress mailAddress, TokenInfo token) {
        this.holder = requireNonNull(holder, "holder");
        this.userId = requireNonNull(userId, "userId");
        this.mailAddress = mailAddress;
        this.token = requireNonNull(token, "token");
    }

    /**
     * Creates an entry.
     *
     * @param holder the holder
     * @param userId the user ID
     * @param mailAddress the mail address of the holder; {@code null} if none is known
     * @param token the token
     * @return the value
     */
    public static ListedToken of(Holder holder, UserId userId, @Nullable MailAddress mailAddress, TokenInfo token) {
        return new ListedToken(holder, userId, mailAddress, token);
    }

    /** {@return the holder} */
    public Holder holder() {
        return holder;
    }

    /** {@return the user ID} */
    public UserId userId() {
        return userId;
    }

    /** {@return the mail address of the holder; {@code null} if none is known} */
    public @Nullable MailAddress mailAddress() {
        return mailAddress;
    }

    /** {@return the token} */
    public TokenInfo token() {
        return token;
    }

    /**
     * Returns the entry of a token, for a store that has the enrolment.
     *
     * @param enrolment the enrolment of the holder
     * @param token one of its tokens
     * @return the entry
     */
    public static ListedToken of(Enrolment enrolment, Token token) {
        return of(
                enrolment.holder(),
                requireNonNull(enrolment.userId(), "userId"),
                enrolment.mailAddress(),
                TokenInfo.of(token));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ListedToken that
                        && holder.equals(that.holder)
                        && userId.equals(that.userId)
                        && Objects.equals(mailAddress, that.mailAddress)
                        && token.equals(that.token));
    }

    @Override
    public int hashCode() {
        return Objects.hash(holder, userId, mailAddress, token);
    }

    @Override
    public String toString() {
        return "ListedToken[holder=" + holder + ", userId=" + userId + ", mailAddress=" + mailAddress + ", token="
                + token + "]";
    }
}
