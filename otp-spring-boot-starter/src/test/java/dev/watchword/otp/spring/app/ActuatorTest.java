package dev.watchword.otp.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.spring.test.AutoConfigureWatchword;
import dev.watchword.otp.spring.test.FakePhones;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;

/** The health and the metrics of the institution. */
@SpringBootTest(properties = "management.defaults.metrics.export.enabled=true")
@AutoConfigureWatchword
class ActuatorTest {
    @Autowired
    HealthIndicator watchwordHealthIndicator;

    @Autowired
    MeterRegistry registry;

    @Autowired
    TokenService tokens;

    @Autowired
    FakePhones phones;

    @Test
    @Tag("R10.4")
    void healthNamesTheKeysAndTheirStates() {
        Health health = watchwordHealthIndicator.health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails().toString()).contains("10112235", "test=current, RIGHT");
    }

    @Test
    @Tag("R12.5")
    void everyOperationIsTimedWithoutAHolder() {
        Holder holder = new Holder(UUID.randomUUID().toString());
        FakePhone phone = phones.active(holder);
        tokens.verify(holder, phone.code(), Purpose.LOGIN).orElseThrow();
        assertThat(tokens.verify(holder, phone.wrongCode(), Purpose.LOGIN).isAccepted())
                .isFalse();

        assertThat(registry.get("watchword.operations")
                        .tags("service.id", "10112235", "operation", "verify", "result", "accepted")
                        .timer()
                        .count())
                .isOne();
        assertThat(registry.get("watchword.operations")
                        .tags("operation", "verify", "result", "wrong-code")
                        .timer()
                        .count())
                .isOne();
        assertThat(registry.getMeters().stream().map(Meter::getId).map(Object::toString))
                .noneMatch(id -> id.contains(holder.value()));
    }
}
