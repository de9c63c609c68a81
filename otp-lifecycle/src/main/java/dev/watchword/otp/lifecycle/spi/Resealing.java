package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.Enrolment;

/**
 * An enrolment whose secrets and hashes were sealed anew. Nothing else of it changes, but that its version is one higher, so
 * that whoever read it before decides again. Immutable.
 *
 * @param before the enrolment that was read
 * @param after the enrolment that it becomes
 */
public record Resealing(Enrolment before, Enrolment after) {
    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if it is another enrolment, or not the next version, or has other events
     */
    public Resealing {
        if (!after.serviceId().equals(before.serviceId())
                || !after.holder().equals(before.holder())
                || before.version() == 0
                || after.version() != before.version() + 1
                || after.eventCount() != before.eventCount()) {
            throw new IllegalArgumentException(
                    "Sealing anew is of one stored enrolment, one version on, without events");
        }
    }
}
