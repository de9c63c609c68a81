package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.support.Situation;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every operation in every situation through the services. An operation that opens a sealed secret or hash is
 * accepted, counts a failure, or is refused as a replay. Otherwise a guess would be free.
 */
@Tag("R2.2")
class EvidenceTest {
    private static final List<EventType> CHARGES = List.of(
            EventType.WRONG_CODE,
            EventType.WRONG_SERIAL,
            EventType.WRONG_PASSWORD,
            EventType.WRONG_MAIL_CODE,
            EventType.WRONG_ACTIVATION_PASSWORD,
            EventType.WRONG_EMERGENCY_CODE,
            EventType.WRONG_RECOVERY_CODE,
            EventType.WRONG_SIGNATURE);

    static Stream<String> situations() {
        return Situation.names().stream();
    }

    @ParameterizedTest
    @MethodSource("situations")
    void whatIsEvaluatedIsAcceptedChargedOrReplayed(String name) {
        Situation start = Situation.after(name);
        List<String> free = new ArrayList<>();
        for (String operation : Situation.operations()) {
            CountingKeys keys = new CountingKeys();
            Situation situation = start.copy(keys);
            List<RecordedEvent> before = situation.history();
            String outcome = situation.run(operation);
            List<RecordedEvent> after = situation.history();

            boolean charged = after.subList(before.size(), after.size()).stream()
                    .anyMatch(recorded -> CHARGES.contains(recorded.event().type()));
            boolean accounted = outcome.equals("Accepted") || charged || outcome.startsWith(Refusal.REPLAYED.name());
            if (keys.opened > 0 && !accounted) {
                free.add(operation + ": " + outcome + " after " + keys.opened + " values were opened");
            }
        }

        assertEquals(List.of(), free);
    }

    /** Without this, a walk that opens nothing would pass. */
    @ParameterizedTest
    @MethodSource("situations")
    void theWalkSeesWhatIsOpened(String name) {
        Situation start = Situation.after(name);
        if (start.stored().contains("ACTIVE") && !start.stored().contains("SUSPENDED")) {
            CountingKeys keys = new CountingKeys();
            assertEquals("Accepted", start.copy(keys).run("verify"));
            assertTrue(keys.opened > 0, "verify opens the secret");
        }
    }

    /** The keys of the situation, with another current sealing key. It counts how often stored values are opened. */
    private static final class CountingKeys implements KeySource {
        private static final String NEXT = "next";

        private final SecretKey next = new SecretKeySpec(new byte[32], "AES");
        private int opened;

        @Override
        public String sealingKeyName() {
            return NEXT;
        }

        @Override
        public Optional<SecretKey> sealingKey(String name) {
            if (name.equals(NEXT)) {
                return Optional.of(next);
            }
            opened++;
            return TestInstitution.KEYS.sealingKey(name);
        }

        @Override
        public String historyKeyName() {
            return TestInstitution.KEYS.historyKeyName();
        }

        @Override
        public Optional<SecretKey> historyKey(String name) {
            return TestInstitution.KEYS.historyKey(name);
        }
    }
}
