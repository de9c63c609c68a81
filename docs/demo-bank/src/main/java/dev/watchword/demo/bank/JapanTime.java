package dev.watchword.demo.bank;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Instants as all pages and mails show them: in Japan's time, in the form of the language. Templates use this bean as
 * {@code @japanTime}.
 */
@Component
public class JapanTime {
    /** The time zone of the bank. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");

    private static final String NEVER = "–";

    private final MessageSource messages;

    /**
     * Creates the bean.
     *
     * @param messages the patterns {@code format.day}, {@code format.minute} and {@code format.second} of each language
     */
    public JapanTime(MessageSource messages) {
        this.messages = messages;
    }

    /** {@return the day and the minute, or a dash} */
    public String minute(@Nullable Instant instant, Locale language) {
        return format(instant, "format.minute", language);
    }

    /** {@return the day and the second, or a dash} */
    public String second(@Nullable Instant instant, Locale language) {
        return format(instant, "format.second", language);
    }

    /** {@return a day in UTC, which begins at 9:00 in Japan, or a dash} */
    public String day(@Nullable LocalDate day, Locale language) {
        return day == null ? NEVER : pattern("format.day", language).format(day);
    }

    private String format(@Nullable Instant instant, String pattern, Locale language) {
        return instant == null ? NEVER : pattern(pattern, language).format(instant.atZone(ZONE));
    }

    private DateTimeFormatter pattern(String key, Locale language) {
        return DateTimeFormatter.ofPattern(messages.getMessage(key, null, language), language);
    }
}
