package dev.watchword.demo.bank;

import dev.watchword.otp.lifecycle.model.MailAddress;
import java.util.Locale;
import java.util.function.Function;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Writes the bank's letters: in Japanese, and below in English. */
@Component
public class Letters {
    private static final String PREFIX = "otp.letter.";

    private final Mail mail;
    private final MessageSource messages;

    Letters(Mail mail, MessageSource messages) {
        this.mail = mail;
        this.messages = messages;
    }

    /**
     * Sends a letter.
     *
     * @param to the recipient
     * @param name the name of the letter in the messages
     * @param arguments the arguments of its text in a language
     */
    public void send(MailAddress to, String name, Function<Locale, Object[]> arguments) {
        mail.send(
                to,
                text(name + ".subject", arguments, Locale.JAPANESE),
                text(name + ".text", arguments, Locale.JAPANESE) + "\n\n----\n\n"
                        + text(name + ".text", arguments, Locale.ENGLISH));
    }

    private String text(String key, Function<Locale, Object[]> arguments, Locale language) {
        return messages.getMessage(PREFIX + key, arguments.apply(language), language);
    }
}
