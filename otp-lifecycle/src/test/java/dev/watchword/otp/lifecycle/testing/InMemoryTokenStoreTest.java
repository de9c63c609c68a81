package dev.watchword.otp.lifecycle.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InMemoryTokenStoreTest {
    private final InMemoryTokenStore store = new InMemoryTokenStore();

    @TestFactory
    @Tag("R5.4")
    @Tag("R9.2")
    @Tag("R10.4")
    Stream<DynamicTest> keepsTheContract() {
        return tests(TokenStoreContract.everything(() -> store).stream());
    }

    @TestFactory
    @Tag("R10.5")
    Stream<DynamicTest> reportsMissingRows() {
        return tests(TokenStoreContract.missingRows(() -> store, store::deleteEnrolment).stream());
    }

    @Test
    @Tag("R10.5")
    void aStoreThatFindsNothingForAMissingRowIsFound() {
        TokenStore forgetful = new ForwardingStore(store) {
            @Override
            public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
                try {
                    return super.find(serviceId, holder);
                } catch (IntegrityException e) {
                    return Optional.empty();
                }
            }
        };
        for (Check check : TokenStoreContract.missingRows(() -> forgetful, store::deleteEnrolment)) {
            assertThrows(AssertionError.class, check::run, check.name());
        }
    }

    @Test
    @Tag("R10.5")
    void aUserIdWithoutItsEnrolmentIsAnError() {
        Scene scene = new Scene(store);
        scene.commit(scene.first(Scene.TARO, Scene.USER_1, Scene.token(Scene.SERIAL_1)));
        store.deleteEnrolment(scene.serviceId, Scene.TARO);

        assertThrows(IntegrityException.class, () -> store.find(scene.serviceId, Scene.USER_1));
    }

    @TestFactory
    @Tag("R1.2")
    @Tag("R2.2")
    Stream<DynamicTest> winsTheRaces() {
        return tests(TokenRaces.checks(() -> store, 64, 200).stream());
    }

    private static Stream<DynamicTest> tests(Stream<Check> checks) {
        return checks.map(check -> dynamicTest(check.name(), check::run));
    }
}
