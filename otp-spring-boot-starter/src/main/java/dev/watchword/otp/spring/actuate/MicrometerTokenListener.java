package dev.watchword.otp.spring.actuate;

import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.spi.MeasuredOperation;
import dev.watchword.otp.lifecycle.spi.TokenListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/**
 * Times every operation as {@code watchword.operations}, with the service ID, the operation and the result as tags. No tag identifies a
 * holder. Thread-safe.
 */
final class MicrometerTokenListener implements TokenListener {
    static final String NAME = "watchword.operations";

    private final MeterRegistry registry;

    MicrometerTokenListener(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void measured(MeasuredOperation measured) {
        Timer.builder(NAME)
                .description("Operations of holders and operators")
                .tag("service.id", measured.serviceId().value())
                .tag("operation", measured.operation())
                .tag("result", result(measured))
                .register(registry)
                .record(measured.time());
    }

    /** The result as a tag: accepted, failed, or the reason of the refusal. */
    static String result(MeasuredOperation measured) {
        Refusal refusal = measured.refusal();
        if (measured.failed()) {
            return "failed";
        }
        return refusal == null
                ? "accepted"
                : refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
