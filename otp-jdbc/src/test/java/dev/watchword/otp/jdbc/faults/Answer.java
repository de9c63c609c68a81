package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a client.
 *
 * @param word {@code done}, the refusal, a failure, or an unknown outcome
 * @param serial the issued or provisioned token, or {@code null}
 */
record Answer(String word, @Nullable SerialNumber serial) {
    private static final Set<String> WRONG =
            Set.of(Refusal.WRONG_CODE.name(), Refusal.WRONG_SIGNATURE.name(), Refusal.WRONG_BACKUP_CODE.name());

    static final Answer DONE = new Answer("done", null);

    /** The store failed without a change. */
    static final Answer FAILED = new Answer("failed", null);

    /** The store failed with an unknown outcome. */
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

    /** Returns whether a code or a response was wrong and was charged. */
    boolean isWrong() {
        return WRONG.contains(word);
    }
}
