package dev.watchword.otp.spring.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.spring.test.AutoConfigureWatchword;
import dev.watchword.otp.spring.test.FakePhones;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The health and the metrics of the institution. */
@SpringBootTest(properties = "management.endpoints.web.exposure.include=watchword")
@AutoConfigureMockMvc
@AutoConfigureWatchword
class ActuatorTest {
    @Autowired
    HealthIndicator watchwordHealthIndicator;

    @Autowired
    MeterRegistry registry;

    @Autowired
    ObservationRegistry observations;

    @Autowired
    Spans spans;

    @Autowired
    MockMvc web;

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

    @Test
    @Tag("R12.5")
    void everyOperationIsObservedWithoutAHolder() {
        Holder holder = new Holder(UUID.randomUUID().toString());
        FakePhone phone = phones.active(holder);
        String code = phone.code();
        spans.stopped.clear();

        tokens.verify(holder, code, Purpose.LOGIN).orElseThrow();
        assertThat(tokens.verify(holder, phone.wrongCode(), Purpose.LOGIN).isAccepted())
                .isFalse();

        assertThat(spans.stopped)
                .containsExactly(
                        "watchword verify [operation=verify, result=accepted, service.id=10112235]",
                        "watchword verify [operation=verify, result=wrong-code, service.id=10112235]");
        assertThat(observations.getCurrentObservation()).isNull();
    }

    @Test
    @Tag("R12.5")
    void anIssueIsObserved() {
        spans.stopped.clear();
        assertThat(phones.issued(new Holder(UUID.randomUUID().toString()))).isNotNull();
        assertThat(spans.stopped).contains("watchword issue [operation=issue, result=accepted, service.id=10112235]");
    }

    @Test
    @Tag("R12.1")
    void theEndpointCountsTokensAndNamesNobody() throws Exception {
        Holder holder = new Holder(UUID.randomUUID().toString());
        phones.active(holder);
        MockHttpServletResponse answer = web.perform(get("/actuator/watchword").with(user("operator")))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString())
                .startsWith("{\"serviceId\":\"10112235\",\"tokens\":[")
                .containsPattern(
                        "\\{\"kind\":\"software\",\"state\":\"active\",\"number\":[1-9][0-9]*,\"suspended\":[0-9]+}")
                .doesNotContain(holder.value());
    }

    /** Collects the observations of this library. */
    static final class Spans implements ObservationHandler<Observation.Context> {
        final List<String> stopped = new CopyOnWriteArrayList<>();

        @Override
        public boolean supportsContext(Observation.Context context) {
            return String.valueOf(context.getName()).startsWith("watchword");
        }

        @Override
        public void onStop(Observation.Context context) {
            stopped.add(context.getContextualName() + " "
                    + context.getAllKeyValues().stream()
                            .map(tag -> tag.getKey() + "=" + tag.getValue())
                            .toList());
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class WithSpans {
        @Bean
        Spans spans() {
            return new Spans();
        }
    }

    private long verifications(String result) {
        Timer timer = registry.find("watchword.operations")
                .tags("service.id", "10112235", "operation", "verify", "result", result)
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
