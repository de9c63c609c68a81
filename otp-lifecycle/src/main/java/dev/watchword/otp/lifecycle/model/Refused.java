package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an operation that was refused. If the refusal counted a failure, the count and its event are committed.
 * Immutable.
 *
 * <p>The details are for the application. The person at the keyboard gets the {@link #answer}.
 *
 * @param <T> the type of the value that an accepted outcome would have
 */
public final class Refused<T> implements Outcome<T> {
    private final Refusal refusal;
    private final OptionalInt triesLeft;
    private final @Nullable Instant notBefore;
    private final @Nullable Registration registration;
    private final Set<Field> fields;
    private final @Nullable BadRecords badRecords;

    private Refused(
            Refusal refusal,
            OptionalInt triesLeft,
            @Nullable Instant notBefore,
            @Nullable Registration registration,
            Set<Field> fields,
            @Nullable BadRecords badRecords) {
        this.refusal = refusal;
        this.triesLeft = triesLeft;
        this.notBefore = notBefore;
        this.registration = registration;
        this.fields = fields;
        this.badRecords = badRecords;
    }

    /**
     * Creates a refused outcome without details.
     *
     * @param refusal the reason
     * @param <T> the type of the value that an accepted outcome would have
     * @return the outcome
     */
    public static <T> Refused<T> of(Refusal refusal) {
        return new Refused<>(requireNonNull(refusal, "refusal"), OptionalInt.empty(), null, null, Set.of(), null);
    }

    /** {@return the reason of the refusal} */
    public Refusal refusal() {
        return refusal;
    }

    /**
     * Returns the number of further wrong codes that suspend the holder's token. At an activation, the token is the pending
     * one. Otherwise it is the one in use, or the pending one if none is in use. For an emergency code or a recovery code, it is the
     * number of further wrong ones that lock the holder's codes of this kind.
     *
     * @return the number, 0 for a suspended token or for locked codes; empty if the holder has no token, or no codes of the kind
     */
    public OptionalInt triesLeft() {
        return triesLeft;
    }

    /** {@return the first instant at which the operation can succeed, if the refusal depends on the time} */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    /**
     * Returns the registration of the holder after the refusal.
     *
     * @return the registration; empty if malformed entries were refused before anything was read, after a provisioning, and
     *     after an import
     */
    public Optional<Registration> registration() {
        return Optional.ofNullable(registration);
    }

    /** {@return the fields that must be entered again, in the order of the screen; empty unless {@link Refusal#MALFORMED}} */
    public Set<Field> fields() {
        return fields;
    }

    /** {@return the unusable records of an imported file, if the refusal is {@link Refusal#BAD_RECORDS}} */
    public Optional<BadRecords> badRecords() {
        return Optional.ofNullable(badRecords);
    }

    /**
     * Returns a copy with the number of remaining attempts.
     *
     * @param tries the number of further wrong codes that suspend the token, 0 or more
     * @return the copy
     * @throws IllegalArgumentException if the number is negative
     */
    public Refused<T> withTriesLeft(int tries) {
        if (tries < 0) {
            throw new IllegalArgumentException("tries must be 0 or more, not " + tries);
        }
        return new Refused<>(refusal, OptionalInt.of(tries), notBefore, registration, fields, badRecords);
    }

    /**
     * Returns a copy with the first instant at which the operation can succeed.
     *
     * @param instant the instant; {@code null} if the refusal does not depend on the time
     * @return the copy
     */
    public Refused<T> withNotBefore(@Nullable Instant instant) {
        return new Refused<>(refusal, triesLeft, instant, registration, fields, badRecords);
    }

    /**
     * Returns a copy with the registration of the holder.
     *
     * @param newRegistration the registration after the refusal
     * @return the copy
     */
    public Refused<T> withRegistration(Registration newRegistration) {
        return new Refused<>(
                refusal, triesLeft, notBefore, requireNonNull(newRegistration, "registration"), fields, badRecords);
    }

    /**
     * Returns a copy with the fields that must be entered again.
     *
     * @param malformed the fields, in the order of the screen
     * @return the copy
     * @throws IllegalArgumentException if the reason is not {@link Refusal#MALFORMED}
     */
    public Refused<T> withFields(Set<Field> malformed) {
        require(Refusal.MALFORMED, "fields");
        Set<Field> copy = Collections.unmodifiableSet(new LinkedHashSet<>(malformed));
        return new Refused<>(refusal, triesLeft, notBefore, registration, copy, badRecords);
    }

    /**
     * Returns a copy with the unusable records of an imported file.
     *
     * @param records the records
     * @return the copy
     * @throws IllegalArgumentException if the reason is not {@link Refusal#BAD_RECORDS}
     */
    public Refused<T> withBadRecords(BadRecords records) {
        require(Refusal.BAD_RECORDS, "records");
        return new Refused<>(
                refusal, triesLeft, notBefore, registration, fields, requireNonNull(records, "badRecords"));
    }

    private void require(Refusal reason, String details) {
        if (refusal != reason) {
            throw new IllegalArgumentException("Only a refusal as " + reason + " has " + details + ", not " + refusal);
        }
    }

    @Override
    public boolean isAccepted() {
        return false;
    }

    @Override
    @CanIgnoreReturnValue
    public T orElseThrow() {
        throw new RefusedException(this);
    }

    @Override
    public <R> R fold(Function<? super T, ? extends R> accepted, Function<? super Refused<T>, ? extends R> refused) {
        return refused.apply(this);
    }

    @Override
    public <R> Outcome<R> map(Function<? super T, ? extends R> conversion) {
        return new Refused<>(refusal, triesLeft, notBefore, registration, fields, badRecords);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Refused<?> that
                && refusal == that.refusal
                && triesLeft.equals(that.triesLeft)
                && Objects.equals(notBefore, that.notBefore)
                && Objects.equals(registration, that.registration)
                && fields.equals(that.fields)
                && Objects.equals(badRecords, that.badRecords);
    }

    @Override
    public int hashCode() {
        return Objects.hash(refusal, triesLeft, notBefore, registration, fields, badRecords);
    }

    @Override
    public String toString() {
        return "Refused[" + refusal
                + (triesLeft.isPresent() ? ", tries left " + triesLeft.getAsInt() : "")
                + (notBefore == null ? "" : ", not before " + notBefore)
                + (fields.isEmpty() ? "" : ", fields " + fields)
                + "]";
    }
}
