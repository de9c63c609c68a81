package dev.watchword.otp.spring.actuate;

import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.MeasuredOperation;
import dev.watchword.otp.lifecycle.spi.TokenListener;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Observes every operation as {@code watchword.observations}, so that a tracer makes a span of it. The spans of the data source lie
 * within it. Its three tags have few values: the service ID, the operation and the result. Nothing identifies a holder. An entry that
 * is malformed is not observed, because nothing is read. Thread-safe.
 */
final class ObservationTokenListener implements TokenListener {
    static final String NAME = "watchword.observations";

    private final ObservationRegistry registry;

    ObservationTokenListener(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void measured(MeasuredOperation measured) {}

    @Override
    public TokenListener begin(ServiceId serviceId, String operation) {
        Observation observation = Observation.createNotStarted(NAME, registry)
                .contextualName("watchword " + operation)
                .lowCardinalityKeyValue("service.id", serviceId.value())
                .lowCardinalityKeyValue("operation", operation)
                .start();
        Observation.Scope scope = observation.openScope();
        return measured -> {
            scope.close();
            observation
                    .lowCardinalityKeyValue("result", MicrometerTokenListener.result(measured))
                    .stop();
        };
    }
}
