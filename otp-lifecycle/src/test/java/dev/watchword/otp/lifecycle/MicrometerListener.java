package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.spi.TokenListener;
import io.micrometer.core.instrument.MeterRegistry;

/** The example of the documentation: a listener that feeds Micrometer. */
final class MicrometerListener {
    private MicrometerListener() {}

    // region
    static TokenListener to(MeterRegistry registry) {
        return measured -> {
            String refusal =
                    measured.refusal() == null ? "none" : measured.refusal().name();
            String outcome = measured.failed() ? "failed" : refusal.equals("none") ? "accepted" : "refused";
            registry.timer("otp", "operation", measured.operation(), "outcome", outcome, "refusal", refusal)
                    .record(measured.time());
            registry.counter("otp.lost.races", "operation", measured.operation())
                    .increment(Math.max(0, measured.tries() - 1));
        };
    }
    // end
}
