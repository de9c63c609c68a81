package dev.watchword.demo.transfer;

import dev.watchword.otp.TypedCode;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.Errors;

/** The fields of a transfer, as the customer typed them. */
record TransferForm(
        @Nullable String payee,
        @Nullable String payeeName,
        @Nullable String amount) {
    static final TransferForm EMPTY = new TransferForm("", "", "");

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{7}");
    private static final Pattern AMOUNT = Pattern.compile("[1-9][0-9]{0,11}");
    private static final int MAX_NAME = 50;

    /** Returns the payment, or reports every field that cannot be used. */
    Optional<Payment> read(long limit, Errors errors) {
        String account = digits(payee);
        if (!ACCOUNT.matcher(account).matches()) {
            errors.rejectValue("payee", "transfer.error.payee");
        }
        String name = Objects.toString(payeeName, "").strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            errors.rejectValue("payeeName", "transfer.error.payeeName");
        }
        String yen = digits(Objects.toString(amount, "").replaceAll("[,，]", ""));
        if (!AMOUNT.matcher(yen).matches()) {
            errors.rejectValue("amount", "transfer.error.amount");
        } else if (Long.parseLong(yen) > limit) {
            errors.rejectValue("amount", "transfer.error.limit", new Object[] {limit}, null);
        }
        return errors.hasErrors() ? Optional.empty() : payment(account, name, Long.parseLong(yen), errors);
    }

    /** A name with characters that an app must not show, such as one that changes the direction of the text, has no details. */
    private static Optional<Payment> payment(String account, String name, long yen, Errors errors) {
        Payment payment = new Payment(account, name, yen);
        try {
            payment.details();
            return Optional.of(payment);
        } catch (IllegalArgumentException e) {
            errors.rejectValue("payeeName", "transfer.error.payeeName");
            return Optional.empty();
        }
    }

    private static String digits(@Nullable String typed) {
        return Objects.toString(TypedCode.normalise(typed), "");
    }
}
