package dev.watchword.demo.transfer;

import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/** The messages that tell a customer why a transfer was refused, and what to do. */
final class TransferMessages {
    private TransferMessages() {}

    /** Returns the message for a transfer that could not be ordered. If the token accepts no code, the page says why instead of the form. */
    static String ofOrder(Refusal refusal) {
        return switch (refusal) {
            case CANNOT_SIGN -> "transfer.error.cannotSign";
            case TOO_MANY_REQUESTS -> "transfer.error.tooMany";
            default -> "transfer.error.other";
        };
    }

    /** Returns the message for a response that did not confirm a waiting transfer. */
    static MessageSourceResolvable ofConfirmation(Refused<?> refused) {
        String key = switch (refused.refusal()) {
            case WRONG_SIGNATURE -> "transfer.error.wrong";
            case MALFORMED -> "transfer.error.malformed";
            case REPLAYED -> "transfer.error.replayed";
            case SUSPENDED, HOLDER_SUSPENDED -> "transfer.error.suspended";
            default -> "transfer.error.other";
        };
        return new DefaultMessageSourceResolvable(
                new String[] {key}, new Object[] {refused.triesLeft().orElse(0)});
    }
}
