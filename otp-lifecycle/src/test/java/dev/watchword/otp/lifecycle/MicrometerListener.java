package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.spi.TokenListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** The example of the documentation: a listener that feeds Micrometer. */
final class MicrometerListener {
    private MicrometerListener() {}

    // region
    static TokenListener to(MeterRegistry registry) {
        return measured -> {
            String refusal =
                    measured.refusal() == null ? "none" : measured.refusal().name();
            String outcome = measured.failed() ? "failed" : refusal.equals("none") ? "accepted" : "refused";
            Tags tags = Tags.of("service", measured.serviceId().value(), "operation", measured.operation());
            registry.timer("otp", tags.and("outcome", outcome, "refusal", refusal))
                    .record(measured.time());
            registry.counter("otp.lost.races", tags).increment(Math.max(0, measured.tries() - 1));
        };
    }
    // end
}
