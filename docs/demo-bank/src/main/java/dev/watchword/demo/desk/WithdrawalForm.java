package dev.watchword.demo.desk;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.operations.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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

    /** {@return the errors of the fields, as the codes of {@link FormErrors}; the library judges the reason more closely} */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        if (batch.isEmpty() != isRange()) {
            wrong.add("batch");
        } else if (!isRange() && BatchId.parse(batch).isEmpty()) {
            wrong.add("batch.name");
        } else if (isRange()) {
            if (SerialNumber.parse(first).isEmpty()) {
                wrong.add("first");
            }
            if (SerialNumber.parse(last).isEmpty()) {
                wrong.add("last");
            }
            if (wrong.isEmpty() && first.compareTo(last) > 0) {
                wrong.add("last.order");
            }
        }
        if (reason.isBlank()) {
            wrong.add("reason");
        }
        return wrong;
    }

    private boolean isRange() {
        return !first.isEmpty() || !last.isEmpty();
    }

    /** {@return the tokens, if no field is wrong} */
    Selection selection() {
        return isRange()
                ? Selection.ofSerials(new SerialNumber(first), new SerialNumber(last))
                : Selection.ofBatch(new BatchId(batch));
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
