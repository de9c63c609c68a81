package dev.watchword.otp.spring.actuate;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.TokenCount;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The number of tokens by kind and state, as the actuator endpoint {@code watchword}. It shows no holder, user ID or serial number.
 * The store reads an index with one entry a token, so let Spring Boot cache the answer.
 */
@Endpoint(id = "watchword")
final class WatchwordEndpoint {
    private final Institution institution;

    WatchwordEndpoint(Institution institution) {
        this.institution = institution;
    }

    @ReadOperation
    Counts counts() {
        return new Counts(
                institution.serviceId().value(),
                institution.lists().counts().stream().map(Tokens::of).toList());
    }

    /**
     * The answer.
     *
     * @param serviceId the institution
     * @param tokens the numbers that are not 0
     */
    record Counts(String serviceId, List<Tokens> tokens) {}

    /**
     * The tokens of one kind and state.
     *
     * @param kind hardware or software
     * @param state issued or active
     * @param number their number, suspended ones included
     * @param suspended how many of them are suspended themselves
     */
    record Tokens(String kind, String state, long number, long suspended) {
        static Tokens of(TokenCount count) {
            return new Tokens(word(count.kind()), word(count.state()), count.tokens(), count.suspended());
        }

        private static String word(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }
}
