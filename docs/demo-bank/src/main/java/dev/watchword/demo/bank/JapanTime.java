package dev.watchword.demo.bank;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Instants as the pages and the mail show them: in Japan's time, in the form of the language. */
@Component
public class JapanTime {
    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");

    private final MessageSource messages;

    JapanTime(MessageSource messages) {
        this.messages = messages;
    }

    /** {@return the day and the minute} */
    public String minute(Instant instant, Locale language) {
        return format(instant, "otp.time.minute", language);
    }

    /** {@return the day and the second} */
    public String second(Instant instant, Locale language) {
        return format(instant, "otp.time.second", language);
    }

    private String format(Instant instant, String pattern, Locale language) {
        return DateTimeFormatter.ofPattern(messages.getMessage(pattern, null, language), language)
                .format(instant.atZone(ZONE));
    }
}
