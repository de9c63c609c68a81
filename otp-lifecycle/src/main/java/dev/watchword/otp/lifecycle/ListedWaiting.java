package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What waits for its activation, in a {@linkplain TokenLists list}, and whose it is.
 *
 * @param holder the holder
 * @param userId the holder's number
 * @param mailAddress where the holder is written to about tokens; {@code null} if no address is known
 * @param waiting the issue or order
 */
public record ListedWaiting(
        Holder holder, UserId userId, @Nullable MailAddress mailAddress, WaitingInfo waiting) {
    /** Creates an entry. */
    public ListedWaiting {
        requireNonNull(holder, "holder");
        requireNonNull(userId, "userId");
        requireNonNull(waiting, "waiting");
    }

    /**
     * Returns the entry of what waits, for a store that has the enrolment.
     *
     * @param enrolment an enrolment in which something waits
     * @return the entry
     */
    public static ListedWaiting of(Enrolment enrolment) {
        return new ListedWaiting(
                enrolment.holder(),
                enrolment.requireUserId(),
                enrolment.mailAddress(),
                WaitingInfo.of(enrolment.requireWaiting()));
    }
}
