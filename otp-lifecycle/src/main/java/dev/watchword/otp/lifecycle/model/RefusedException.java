package dev.watchword.otp.lifecycle.model;

import java.util.Set;

/**
 * Thrown when {@link Outcome#orElseThrow} is called on a refused outcome. It is not part of the
 * {@link WatchwordException} family, because nothing failed.
 */
public final class RefusedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    RefusedException(Refusal refusal, Set<Field> fields) {
        super("The operation was refused: " + refusal + (fields.isEmpty() ? "" : " " + fields));
        this.refusal = refusal;
    }

    /** {@return the reason of the refusal} */
    public Refusal refusal() {
        return refusal;
    }
}
