package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A pending token or order in a list, with its holder. Immutable. */
public final class ListedPending {
    private final Holder holder;
    private final UserId userId;
    private final @Nullable MailAddress mailAddress;
    private final PendingInfo pending;

    private ListedPending(Holder holder, UserId userId, @Nullable MailAddress mailAddress, PendingInfo pending) {
        this.holder = requireNonNull(holder, "holder");
        this.userId = requireNonNull(userId, "userId");
        this.mailAddress = mailAddress;
        this.pending = requireNonNull(pending, "pending");
    }

    /**
     * Creates an entry.
     *
     * @param holder the holder
     * @param userId the user ID
     * @param mailAddress the mail address of the holder; {@code null} if none is known
     * @param pending the pending token or order
     * @return the value
     */
    public static ListedPending of(
            Holder holder, UserId userId, @Nullable MailAddress mailAddress, PendingInfo pending) {
        return new ListedPending(holder, userId, mailAddress, pending);
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

    /** {@return the pending token or order} */
    public PendingInfo pending() {
        return pending;
    }

    /**
     * Returns the entry of a pending token or order, for a store that has the enrolment.
     *
     * @param enrolment an enrolment with a pending token or order
     * @return the entry
     */
    public static ListedPending of(Enrolment enrolment) {
        return of(
                enrolment.holder(),
                requireNonNull(enrolment.userId(), "userId"),
                enrolment.mailAddress(),
                PendingInfo.of(requireNonNull(enrolment.pending(), "pending")));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ListedPending that
                        && holder.equals(that.holder)
                        && userId.equals(that.userId)
                        && Objects.equals(mailAddress, that.mailAddress)
                        && pending.equals(that.pending));
    }

    @Override
    public int hashCode() {
        return Objects.hash(holder, userId, mailAddress, pending);
    }

    @Override
    public String toString() {
        return "ListedPending[holder=" + holder + ", userId=" + userId + ", mailAddress=" + mailAddress + ", pending="
                + pending + "]";
    }
}
