package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The choices that a caller makes for one PSKC file, because the file leaves them open. No choice affects a MAC, a
 * signature or a policy. Immutable and safe for use by several threads.
 */
public final class PskcOptions {
    /**
     * The default: serial numbers of the devices, a required {@code Counter}, and {@link SeedLimits#DEFAULT}.
     */
    public static final PskcOptions DEFAULT = new PskcOptions(PskcSerial.DEVICE, false, SeedLimits.DEFAULT);

    private final PskcSerial serial;
    private final boolean missingCounterIsZero;
    private final SeedLimits limits;

    private PskcOptions(PskcSerial serial, boolean missingCounterIsZero, SeedLimits limits) {
        this.serial = requireNonNull(serial, "serial");
        this.missingCounterIsZero = missingCounterIsZero;
        this.limits = requireNonNull(limits, "limits");
    }

    /** {@return the source of the serial numbers} */
    public PskcSerial serial() {
        return serial;
    }

    /** {@return whether a HOTP key, or an OCRA key with a counter, that has no {@code Counter} starts at 0; otherwise its record is bad} */
    public boolean missingCounterIsZero() {
        return missingCounterIsZero;
    }

    /** {@return the bounds on the size of the file, the number of its records and its PBKDF2 iterations} */
    public SeedLimits limits() {
        return limits;
    }

    /**
     * Returns a copy with another source of the serial numbers.
     *
     * @param newSerial the source of the serial numbers
     * @return a copy that is otherwise the same
     */
    public PskcOptions withSerial(PskcSerial newSerial) {
        return new PskcOptions(newSerial, missingCounterIsZero, limits);
    }

    /**
     * Returns a copy that treats a HOTP key, or an OCRA key with a counter, that has no {@code Counter} as one that starts at 0,
     * or as a bad record. RFC 6030 §10.1
     * requires the element, but its figure 7 lacks it. The tokens MUST be new, because the codes of all counters from 0 on are
     * then accepted.
     *
     * @param newMissingCounterIsZero whether a missing counter is 0
     * @return a copy that is otherwise the same
     */
    public PskcOptions withMissingCounterIsZero(boolean newMissingCounterIsZero) {
        return new PskcOptions(serial, newMissingCounterIsZero, limits);
    }

    /**
     * Returns a copy with other limits.
     *
     * @param newLimits the bounds on the size of the file, the number of its records and its PBKDF2 iterations
     * @return a copy that is otherwise the same
     */
    public PskcOptions withLimits(SeedLimits newLimits) {
        return new PskcOptions(serial, missingCounterIsZero, newLimits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof PskcOptions that
                        && serial == that.serial
                        && missingCounterIsZero == that.missingCounterIsZero
                        && limits.equals(that.limits));
    }

    @Override
    public int hashCode() {
        return Objects.hash(serial, missingCounterIsZero, limits);
    }

    @Override
    public String toString() {
        return "PskcOptions[serial=" + serial + ", missingCounterIsZero=" + missingCounterIsZero + ", limits=" + limits
                + "]";
    }
}
