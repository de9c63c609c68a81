package dev.watchword.otp.spring.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.spring.test.AutoConfigureWatchword;
import dev.watchword.otp.spring.test.FakePhones;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;

/** The health and the metrics of the institution. */
@SpringBootTest
@AutoConfigureMockMvc
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
        Health health = requireNonNull(watchwordHealthIndicator.health());
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails().toString()).contains("10112235", "test=current, RIGHT");
    }

    @Test
    @Tag("R12.5")
    void everyOperationIsTimedWithoutAHolder() {
        Holder holder = new Holder(UUID.randomUUID().toString());
        FakePhone phone = phones.active(holder);
        long accepted = verifications("accepted");
        long wrong = verifications("wrong-code");

        tokens.verify(holder, phone.code(), Purpose.LOGIN).orElseThrow();
        assertThat(tokens.verify(holder, phone.wrongCode(), Purpose.LOGIN).isAccepted())
                .isFalse();

        assertThat(verifications("accepted")).isEqualTo(accepted + 1);
        assertThat(verifications("wrong-code")).isEqualTo(wrong + 1);
        assertThat(registry.getMeters().stream().map(Meter::getId).map(Object::toString))
                .noneMatch(id -> id.contains(holder.value()));
    }

    private long verifications(String result) {
        Timer timer = registry.find("watchword.operations")
                .tags("service.id", "10112235", "operation", "verify", "result", result)
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
