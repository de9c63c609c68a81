package dev.watchword.demo.stage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** A clock that goes ahead of the real time by an offset. {@link StageTime} sets the offset. */
@Component
@Profile("demo")
class StageClock extends Clock {
    private volatile Duration offset = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The demonstration's clock has no other zone; convert the instant");
    }

    void ahead(Duration offset) {
        this.offset = offset;
    }
}
