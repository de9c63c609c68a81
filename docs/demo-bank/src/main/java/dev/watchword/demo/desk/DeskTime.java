package dev.watchword.demo.desk;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows instants in the time of Japan. The templates use this bean. */
@Component
class DeskTime {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.of("Asia/Tokyo"));

    /** {@return the date and the time, or a dash} */
    public String of(@Nullable Instant instant) {
        return instant == null ? "–" : FORM.format(instant);
    }
}
