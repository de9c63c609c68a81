package dev.watchword.demo.desk;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.operations.Selection;
import java.util.Objects;
import java.util.Optional;

/**
 * The fields of a withdrawal of many tokens: a batch, or a range of serial numbers.
 *
 * @param batch the name of the batch; empty for a range
 * @param first the first serial number
 * @param last the last serial number
 * @param reason the reason in words
 */
record WithdrawalForm(String batch, String first, String last, String reason) {
    private static final int PARTS = 4;

    /** A field that the request lacks is empty. */
    WithdrawalForm {
        batch = Objects.requireNonNullElse(batch, "");
        first = Objects.requireNonNullElse(first, "");
        last = Objects.requireNonNullElse(last, "");
        reason = Objects.requireNonNullElse(reason, "");
    }

    static final WithdrawalForm EMPTY = new WithdrawalForm("", "", "", "");

    /** {@return the tokens; empty if the fields name neither a batch nor a range} */
    Optional<Selection> selection() {
        try {
            if (first.isEmpty() && last.isEmpty()) {
                return Optional.of(Selection.ofBatch(new BatchId(batch)));
            }
            return batch.isEmpty()
                    ? Optional.of(Selection.ofSerials(new SerialNumber(first), new SerialNumber(last)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return the fields as one text; an accepted reason has no line break} */
    String text() {
        return String.join("\n", batch, first, last, reason);
    }

    /** {@return the fields that {@link #text} joined} */
    static WithdrawalForm of(String text) {
        String[] parts = text.split("\n", PARTS);
        return new WithdrawalForm(parts[0], parts[1], parts[2], parts[3]);
    }
}
