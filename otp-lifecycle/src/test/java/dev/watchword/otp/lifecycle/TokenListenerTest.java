package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.MeasuredOperation;
import dev.watchword.otp.lifecycle.spi.TokenListener;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R12.5")
class TokenListenerTest extends InstitutionFixture {
    private static final UserId UNKNOWN = new UserId("999800000009");

    private final List<MeasuredOperation> told = new ArrayList<>();

    private Institution institution(TokenStore where, TokenListener listener) {
        return TestInstitution.builder(where, clock).listener(listener).build();
    }

    private TokenService on(TokenStore where, TokenListener listener) {
        return institution(where, listener).tokens();
    }

    private static MeasuredOperation measured(
            String operation, @Nullable Refusal refusal, boolean failed, int tries, Duration time) {
        return MeasuredOperation.builder()
                .operation(operation)
                .refusal(refusal)
                .failed(failed)
                .tries(tries)
                .time(time)
                .build();
    }

    private static MeasuredOperation done(String operation, @Nullable Refusal refusal) {
        return measured(operation, refusal, false, 1, Duration.ZERO);
    }

    @Test
    void tellsOfEveryOperationOnce() {
        Institution listened = institution(store, told::add);
        TokenService service = listened.tokens();
        FakePhone phone = FakePhone.active(service, TARO, clock);
        assertEquals(List.of(done("issue", null), done("provision", null), done("activate", null)), List.copyOf(told));
        told.clear();
        OperatorDesk operators = listened.desk(OPERATOR);
        assertAccepted(service.verify(TARO, phone.code(), Purpose.LOGIN));
        assertRefused(Refusal.WRONG_CODE, service.verify(TARO, phone.wrongCode(), Purpose.LOGIN));
        assertRefused(Refusal.UNKNOWN_HOLDER, service.verify(HANAKO, phone.code(), Purpose.LOGIN));
        DevicePublicKey device = DeviceKey.generate(new SecureRandom()).publicKey();
        assertFalse(service.provision(UNKNOWN.value(), FakePhone.ACTIVATION_PASSWORD, device)
                .isAccepted());
        assertAccepted(operators.suspend(TARO, SuspensionReason.LOST, "lost"));
        assertAccepted(operators.revoke(TARO, "lost"));
        assertEquals(
                List.of(
                        done("verify", null),
                        done("verify", Refusal.WRONG_CODE),
                        done("verify", Refusal.UNKNOWN_HOLDER),
                        measured("provision", Refusal.UNKNOWN_HOLDER, false, 0, Duration.ZERO),
                        done("suspend", null),
                        done("revoke-by-operator", null)),
                told);
    }

    @Test
    void tellsOfLostRacesAndOfTheTime() {
        int[] overtaken = {0};
        TokenService service = on(
                new ForwardingStore(store) {
                    @Override
                    public CommitResult commit(EnrolmentChange change) {
                        clock.advance(Duration.ofMillis(7));
                        return overtaken[0]++ < 2 ? CommitResult.STALE : super.commit(change);
                    }
                },
                told::add);
        assertAccepted(service.orderHardware(TARO, Confirmation.NONE));
        assertEquals(List.of(measured("order", null, false, 3, Duration.ofMillis(21))), told);
    }

    @Test
    void tellsOfFailures() {
        StorageException down = new StorageException("The database is down", null);
        TokenService reading = on(
                new ForwardingStore(store) {
                    @Override
                    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
                        clock.advance(Duration.ofMillis(-5));
                        throw down;
                    }
                },
                told::add);
        assertEquals(down, assertThrows(StorageException.class, () -> reading.verify(TARO, "1", Purpose.LOGIN)));
        TokenService writing = on(
                new ForwardingStore(store) {
                    @Override
                    public CommitResult commit(EnrolmentChange change) {
                        throw down;
                    }
                },
                told::add);
        assertEquals(down, assertThrows(StorageException.class, () -> writing.orderHardware(TARO, Confirmation.NONE)));
        assertEquals(
                List.of(
                        measured("verify", null, true, 0, Duration.ZERO),
                        measured("order", null, true, 1, Duration.ZERO)),
                told);
    }

    @Test
    void aListenerThatFailsChangesNothing() {
        TokenService service = on(store, measured -> {
            throw new IllegalStateException("no metrics today");
        });
        assertAccepted(service.orderHardware(TARO, Confirmation.NONE));
        assertEquals(RegistrationStatus.ISSUED, status(TARO));
        assertThrows(
                StorageException.class,
                () -> on(
                                new ForwardingStore(store) {
                                    @Override
                                    public CommitResult commit(EnrolmentChange change) {
                                        throw new StorageException("The database is down", null);
                                    }
                                },
                                measured -> {
                                    throw new IllegalStateException("no metrics today");
                                })
                        .orderHardware(HANAKO, Confirmation.NONE));
    }

    @Test
    void feedsMicrometer() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        TokenService service = on(store, MicrometerListener.to(registry));
        FakePhone phone = FakePhone.active(service, TARO, clock);
        assertRefused(Refusal.WRONG_CODE, service.verify(TARO, phone.wrongCode(), Purpose.LOGIN));
        assertRefused(Refusal.WRONG_CODE, service.verify(TARO, phone.wrongCode(), Purpose.LOGIN));
        assertEquals(2, registry.get("otp").tag("refusal", "WRONG_CODE").timer().count());
        assertEquals(
                1,
                registry.get("otp")
                        .tags("operation", "issue", "outcome", "accepted")
                        .timer()
                        .count());
        assertEquals(0.0, registry.get("otp").tag("operation", "issue").timer().totalTime(TimeUnit.NANOSECONDS));
        assertEquals(
                0.0,
                registry.get("otp.lost.races")
                        .tag("operation", "verify")
                        .counter()
                        .count());

        String source = Files.readString(Path.of("src/test/java/dev/watchword/otp/lifecycle/MicrometerListener.java"));
        String region = source.substring(source.indexOf("// region\n") + 10, source.indexOf("\n    // end\n"));
        assertTrue(Files.readString(Path.of("../docs/operations.md"))
                .contains("```java\n" + region.stripIndent() + "\n```"));
    }
}
