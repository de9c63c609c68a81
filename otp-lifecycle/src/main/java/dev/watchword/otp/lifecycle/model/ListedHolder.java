package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A suspended holder in a list. Immutable. */
public final class ListedHolder {
    private final Holder holder;
    private final @Nullable UserId userId;
    private final HolderSuspension suspension;

    private ListedHolder(Holder holder, @Nullable UserId userId, HolderSuspension suspension) {
        this.holder = requireNonNull(holder, "holder");
        this.userId = userId;
        this.suspension = requireNonNull(suspension, "suspension");
    }

    /**
     * Creates an entry.
     *
     * @param holder the holder
     * @param userId the user ID; {@code null} before the first issue or order
     * @param suspension the suspension of the holder
     * @return the value
     */
    public static ListedHolder of(Holder holder, @Nullable UserId userId, HolderSuspension suspension) {
        return new ListedHolder(holder, userId, suspension);
    }

    /** {@return the holder} */
    public Holder holder() {
        return holder;
    }

    /** {@return the user ID; {@code null} before the first issue or order} */
    public @Nullable UserId userId() {
        return userId;
    }

    /** {@return the suspension of the holder} */
    public HolderSuspension suspension() {
        return suspension;
    }

    /**
     * Returns the entry of a suspended holder, for a store that has the enrolment.
     *
     * @param enrolment the enrolment of a suspended holder
     * @return the entry
     * @throws NullPointerException if the holder is not suspended
     */
    public static ListedHolder of(Enrolment enrolment) {
        return of(enrolment.holder(), enrolment.userId(), requireNonNull(enrolment.suspension(), "suspension"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ListedHolder that
                        && holder.equals(that.holder)
                        && Objects.equals(userId, that.userId)
                        && suspension.equals(that.suspension));
    }

    @Override
    public int hashCode() {
        return Objects.hash(holder, userId, suspension);
    }

    @Override
    public String toString() {
        return "ListedHolder[holder=" + holder + ", userId=" + userId + ", suspension=" + suspension + "]";
    }
}
