package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.OrderState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The pending part of a model holder: an issued software token, or the order of a hardware token. */
final class ModelPending {
    private final Duration lifetime;

    boolean exists;
    boolean ordered;

    @Nullable
    OrderState order;

    @Nullable
    ModelToken token;

    Instant lapsesAt = Instant.MAX;

    ModelPending(Duration lifetime) {
        this.lifetime = lifetime;
    }

    boolean hasLapsed(Instant now) {
        return exists && !now.isBefore(lapsesAt);
    }

    boolean isLive(Instant now) {
        return exists && !hasLapsed(now);
    }

    void begin(@Nullable OrderState state, @Nullable ModelToken of, Instant from) {
        exists = true;
        ordered = state != null;
        order = state;
        token = of;
        lapsesAt = from.plus(lifetime);
    }

    void clear() {
        exists = false;
        ordered = false;
        order = null;
        token = null;
        lapsesAt = Instant.MAX;
    }
}
