package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.lifecycle.Refusal;
import dev.watchword.otp.lifecycle.SerialNumber;
import org.jspecify.annotations.Nullable;

/**
 * What a client was told.
 *
 * @param word that it was done, the refusal, or that it is unknown
 * @param serial the token that was issued, or that an app received; {@code null} if none was
 */
record Answer(String word, @Nullable SerialNumber serial) {
    static final Answer DONE = new Answer("done", null);

    /** The store failed, and perhaps nobody knows whether anything was changed. */
    static final Answer UNKNOWN = new Answer("unknown", null);

    static Answer issued(SerialNumber serial) {
        return new Answer(DONE.word, serial);
    }

    static Answer refused(Refusal refusal) {
        return new Answer(refusal.name(), null);
    }

    boolean isDone() {
        return word.equals(DONE.word);
    }

    boolean isWrongCode() {
        return word.equals(Refusal.WRONG_CODE.name());
    }
}
