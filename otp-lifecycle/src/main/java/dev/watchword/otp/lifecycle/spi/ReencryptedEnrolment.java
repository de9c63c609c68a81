package dev.watchword.otp.lifecycle.spi;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.RowMac;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An enrolment whose secrets and hashes were re-encrypted. Only its version also changes, by one, so that a
 * concurrent change that read the old values loses its race. Immutable.
 */
public final class ReencryptedEnrolment {
    private final Enrolment before;
    private final Enrolment after;

    private ReencryptedEnrolment(Enrolment before, Enrolment after) {
        this.before = requireNonNull(before, "before");
        this.after = requireNonNull(after, "after");
        if (!after.serviceId().equals(before.serviceId())
                || !after.holder().equals(before.holder())
                || before.version() == 0
                || after.version() != before.version() + 1
                || after.eventCount() != before.eventCount()) {
            throw new IllegalArgumentException(
                    "Re-encryption must keep one stored enrolment and its events, one version later");
        }
    }

    /**
     * Creates the value.
     *
     * @param before the enrolment as it was read
     * @param after the enrolment after re-encryption
     * @return the value
     * @throws IllegalArgumentException if it is another enrolment, not the next version, or has other events
     */
    public static ReencryptedEnrolment of(Enrolment before, Enrolment after) {
        return new ReencryptedEnrolment(before, after);
    }

    /**
     * Returns this value with an authentication code for the enrolment after re-encryption (R10.5).
     *
     * @param rowMac the authentication code
     * @return the value to store
     */
    public ReencryptedEnrolment authenticated(RowMac rowMac) {
        return new ReencryptedEnrolment(before, after.toBuilder().rowMac(rowMac).build());
    }

    /** {@return the enrolment as it was read} */
    public Enrolment before() {
        return before;
    }

    /** {@return the enrolment after re-encryption} */
    public Enrolment after() {
        return after;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ReencryptedEnrolment that
                        && before.equals(that.before)
                        && after.equals(that.after));
    }

    @Override
    public int hashCode() {
        return Objects.hash(before, after);
    }

    @Override
    public String toString() {
        return "ReencryptedEnrolment[before=" + before + ", after=" + after + "]";
    }
}
