package dev.watchword.demo.customer;

import dev.watchword.demo.bank.Customers;
import dev.watchword.demo.bank.Letters;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.spring.feed.HandledEvents;
import dev.watchword.otp.spring.feed.TokenEventListener;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Mails customers what happened to their tokens: to the address that the library has from the issue of a software token, or else to the
 * registered one. A customer without an address gets no mail.
 */
@Component
class TokenLetters {
    private static final String CONSUMER = "mail";

    private final TokenService tokens;
    private final Customers customers;
    private final Letters letters;
    private final HandledEvents handled;
    private final TransactionOperations transactions;
    private final Environment environment;

    TokenLetters(
            TokenService tokens,
            Customers customers,
            Letters letters,
            JdbcOperations jdbc,
            TransactionOperations transactions,
            Environment environment) {
        this.tokens = tokens;
        this.customers = customers;
        this.letters = letters;
        this.handled = new HandledEvents(jdbc);
        this.transactions = transactions;
        this.environment = environment;
    }

    /** Reads the address before the transaction begins, because the store needs a connection for it. */
    @TokenEventListener(
            consumer = CONSUMER,
            types = {
                EventType.ISSUED,
                EventType.SENT,
                EventType.SUSPENDED,
                EventType.REVOKED,
                EventType.EMERGENCY_CODES_ISSUED,
                EventType.EMERGENCY_CODE_ACCEPTED,
                EventType.RECOVERY_CODES_CREATED,
                EventType.RECOVERY_CODE_ACCEPTED
            })
    void mail(Holder holder, TokenEvent event) {
        Optional<MailAddress> address = tokens.mailAddress(holder).or(() -> customers.mailAddress(holder));
        transactions.executeWithoutResult(transaction -> {
            if (handled.isNew(CONSUMER, holder, event)) {
                address.ifPresent(to -> send(to, event));
            }
        });
    }

    private void send(MailAddress to, TokenEvent event) {
        String app = environment.getRequiredProperty("demo.app");
        letters.send(to, name(event), language -> new Object[] {app});
    }

    /** Returns the name of the letter, which depends on the reason of a suspension, and on who issued a token. */
    private static String name(TokenEvent event) {
        String type = event.type().name().toLowerCase(Locale.ROOT);
        if (event.suspensionReason() != null) {
            return type + "." + event.suspensionReason();
        }
        return event.type() == EventType.ISSUED && event.operator() != null ? type + ".desk" : type;
    }
}
