package dev.watchword.demo.transfer;

import dev.watchword.otp.TypedCode;
import dev.watchword.otp.lifecycle.model.Holder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.Errors;

/**
 * The fields of a transfer, as the customer typed them.
 *
 * @param id the ID of the form, so that a form that is sent twice orders one transfer
 */
record TransferForm(
        @Nullable String id,
        @Nullable String payee,
        @Nullable String payeeName,
        @Nullable String amount) {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{7}");
    private static final Pattern AMOUNT = Pattern.compile("[1-9][0-9]{0,11}");
    private static final int MAX_NAME = 50;

    /** Returns an empty form for a new transfer. */
    static TransferForm empty() {
        return new TransferForm(UUID.randomUUID().toString(), "", "", "");
    }

    /** Returns a form with the same entries for another transfer. */
    TransferForm ofAnotherTransfer() {
        return new TransferForm(UUID.randomUUID().toString(), payee, payeeName, amount);
    }

    /** Returns the ID of the customer's transfer: the same each time this form is sent, and never that of another customer's transfer. */
    UUID transfer(Holder customer) {
        String form = id == null ? UUID.randomUUID().toString() : id;
        return UUID.nameUUIDFromBytes((customer.value() + "\n" + form).getBytes(StandardCharsets.UTF_8));
    }

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
        if (errors.hasErrors()) {
            return Optional.empty();
        }
        Payment payment = new Payment(account, name, Long.parseLong(yen));
        if (payment.details().isEmpty()) {
            errors.rejectValue("payeeName", "transfer.error.payeeName");
            return Optional.empty();
        }
        return Optional.of(payment);
    }

    private static String digits(@Nullable String typed) {
        return Objects.toString(TypedCode.normalise(typed), "");
    }
}
