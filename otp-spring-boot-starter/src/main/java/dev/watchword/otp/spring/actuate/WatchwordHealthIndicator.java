package dev.watchword.otp.spring.actuate;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.operations.CheckedKey;
import dev.watchword.otp.lifecycle.operations.KeyReport;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Reports whether the store answers and the keys are those of the database (R10.4). The details name keys and their states, and
 * nothing else.
 */
final class WatchwordHealthIndicator extends AbstractHealthIndicator {
    private final Institution institution;

    WatchwordHealthIndicator(Institution institution) {
        super("The keys of Watchword could not be checked");
        this.institution = institution;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        KeyReport report = institution.checkKeys();
        Map<String, String> keys = new TreeMap<>();
        for (CheckedKey key : report.keys()) {
            keys.put(key.use() + " " + key.name(), (key.isCurrent() ? "current, " : "") + key.state());
        }
        builder.status(report.isRight() ? Status.UP : Status.DOWN)
                .withDetail("serviceId", institution.serviceId().value())
                .withDetail("keys", keys);
    }
}
