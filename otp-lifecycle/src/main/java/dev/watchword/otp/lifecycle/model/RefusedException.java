package dev.watchword.otp.lifecycle.model;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when {@link Outcome#orElseThrow} is called on a refused outcome. It is not part of the
 * {@link WatchwordException} family, because nothing failed. The message has the reason, the malformed fields, and the
 * first unusable record of an imported file.
 */
public final class RefusedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final transient @Nullable Refused<?> refused;

    RefusedException(Refused<?> refused) {
        super("The operation was refused: " + refused.refusal()
                + (refused.fields().isEmpty() ? "" : " " + refused.fields())
                + refused.badRecords().map(RefusedException::text).orElse(""));
        this.refusal = refused.refusal();
        this.refused = refused;
    }

    private static String text(BadRecords records) {
        return ", " + records.total() + " unusable records"
                + (records.first().isEmpty()
                        ? ""
                        : ", the first: " + records.first().get(0));
    }

    /** {@return the reason of the refusal} */
    public Refusal refusal() {
        return refusal;
    }

    /** {@return the refused outcome with its details; of an exception that was serialised, only the reason is left} */
    public Refused<?> refused() {
        return refused == null ? Refused.of(refusal) : refused;
    }
}
