package dev.watchword.otp.spring.actuate;

import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.jdbc.SchemaVersion;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.operations.CheckedKey;
import dev.watchword.otp.lifecycle.operations.KeyReport;
import dev.watchword.otp.lifecycle.spi.KeyCheckStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Reports whether the store answers, its schema has every script that this version needs, and the keys are those of the database
 * (R10.4). The details name scripts, keys and the states of keys, and nothing else. A newer schema is no failure: during a rolling
 * deployment the older nodes have one.
 */
final class WatchwordHealthIndicator extends AbstractHealthIndicator {
    private final Institution institution;
    private final TokenStore store;

    WatchwordHealthIndicator(Institution institution, TokenStore store) {
        super("The store or the keys of Watchword could not be checked");
        this.institution = institution;
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up().withDetail("serviceId", institution.serviceId().value());
        if (store.capability(KeyCheckStore.class).isPresent()) {
            addKeys(institution.checkKeys(), builder);
        } else {
            builder.unknown().withDetail("keys", "the store has no key check");
        }
        if (store instanceof JdbcTokenStore jdbc) {
            addSchema(jdbc.schemaVersion(), builder);
        }
    }

    private static void addSchema(SchemaVersion version, Health.Builder builder) {
        builder.withDetail(
                "schema",
                Map.of(
                        "applied", String.join(", ", version.applied()),
                        "expected", String.join(", ", version.expected())));
        if (version.isOlder()) {
            builder.down();
        }
    }

    private static void addKeys(KeyReport report, Health.Builder builder) {
        Map<String, String> keys = new TreeMap<>();
        for (CheckedKey key : report.keys()) {
            keys.put(key.use() + " " + key.name(), (key.isCurrent() ? "current, " : "") + key.state());
        }
        builder.withDetail("keys", keys);
        if (!report.isRight()) {
            builder.down();
        }
    }
}
