package dev.watchword.demo.customer;

import dev.watchword.demo.bank.TransferLimits;
import dev.watchword.otp.TypedCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of the transfer limit.
 *
 * @param amount the new limit in yen, with or without commas
 * @param code the code of the token
 */
record LimitForm(@Nullable String amount, @Nullable String code) {
    private static final String FORM = "[1-9][0-9]{0,6}";

    LimitForm {
        amount = TypedCode.normalise(amount == null ? "" : amount.replace(",", ""));
        code = TypedCode.normalise(code);
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (Factors.isBlank(amount)) {
            problems.add(Problem.missing("amount"));
        } else if (!typed().matches(FORM) || yen() > TransferLimits.WITH_TOKEN) {
            problems.add(Problem.at("amount", "malformed.amount"));
        }
        if (Factors.isBlank(code)) {
            problems.add(Problem.missing(Factors.CODE));
        }
        return problems;
    }

    long yen() {
        return Long.parseLong(typed());
    }

    /** Returns the amount as it was typed, without commas. */
    String typed() {
        return amount == null ? "" : amount;
    }

    @Override
    public String toString() {
        return "LimitForm[redacted]";
    }
}
