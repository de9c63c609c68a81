package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.OverloadedException;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.HashingPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.MeasuredOperation;
import dev.watchword.otp.lifecycle.spi.TokenListener;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.support.BusyHashing;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("R12.5")
class TokenListenerTest extends InstitutionFixture {
    private static final UserId UNKNOWN = new UserId("999800000009");

    /** The operations that the listener received, without their durations. */
    private final List<MeasuredOperation> told = new ArrayList<>();

    private final List<Duration> times = new ArrayList<>();

    private void listen(MeasuredOperation measured) {
        times.add(measured.time());
        told.add(measured(measured.operation(), measured.refusal(), measured.failed(), measured.tries()));
        assertEquals(TestInstitution.SERVICE_ID, measured.serviceId());
    }

    private Institution institution(TokenStore where, TokenPolicy policy, TokenListener listener) {
        return TestInstitution.builder(where, clock)
                .policy(policy)
                .listener(listener)
                .build();
    }

    private TokenService on(TokenStore where, TokenListener listener) {
        return institution(where, TestInstitution.POLICY, listener).tokens();
    }

    private static MeasuredOperation measured(String operation, @Nullable Refusal refusal, boolean failed, int tries) {
        return MeasuredOperation.builder()
                .serviceId(TestInstitution.SERVICE_ID)
                .operation(operation)
                .refusal(refusal)
                .failed(failed)
                .tries(tries)
                .time(Duration.ZERO)
                .build();
    }

    private static MeasuredOperation done(String operation, @Nullable Refusal refusal) {
        return measured(operation, refusal, false, 1);
    }

    private static MeasuredOperation malformed(String operation) {
        return measured(operation, Refusal.MALFORMED, false, 0);
    }

    @Test
    void tellsOfEveryOperationOnce() {
        Institution listened = institution(store, TestInstitution.POLICY, this::listen);
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
                        measured("provision", Refusal.UNKNOWN_HOLDER, false, 0),
                        done("suspend", null),
                        done("revoke-by-operator", null)),
                told);
    }

    @Test
    void tellsOfMalformedEntriesInEveryOperation() {
        TokenService service =
                institution(store, TokenPolicy.BANK, this::listen).tokens();
        DevicePublicKey device = DeviceKey.generate(new SecureRandom()).publicKey();
        SoftwareRequest request = SoftwareRequest.of("taro", "4");
        for (Outcome<?> outcome : List.of(
                service.setConfirmationPassword(TARO, "short"),
                service.createMailCode(TARO, Operation.ISSUE, null),
                service.issueSoftware(TARO, request, Confirmation.NONE),
                service.renewSoftware(TARO, request, Confirmation.NONE),
                service.provision("9998", FakePhone.ACTIVATION_PASSWORD, device),
                service.provision(UNKNOWN.value(), null, device),
                service.activateHardware(TARO, "1", Confirmation.NONE))) {
            assertRefused(Refusal.MALFORMED, outcome);
        }
        assertEquals(
                List.of(
                        malformed("set-password"),
                        malformed("make-mail-code"),
                        malformed("issue"),
                        malformed("renew"),
                        malformed("provision"),
                        malformed("provision"),
                        malformed("activate")),
                told);
    }

    @Test
    void tellsOfLostRaces() {
        int[] overtaken = {0};
        TokenService service = on(
                new ForwardingStore(store) {
                    @Override
                    public CommitResult commit(EnrolmentChange change) {
                        return overtaken[0]++ < 2 ? CommitResult.STALE : super.commit(change);
                    }
                },
                this::listen);
        assertAccepted(service.orderHardware(TARO, Confirmation.NONE));
        assertEquals(List.of(measured("order", null, false, 3)), told);
    }

    /** A fake clock stands still or jumps, and the clock of a server is corrected. A duration follows neither. */
    @Test
    void measuresByTheWallClock() {
        Duration[] passed = {Duration.ZERO};
        TokenService service = on(
                new ForwardingStore(store) {
                    @Override
                    public CommitResult commit(EnrolmentChange change) {
                        clock.advance(passed[0]);
                        return super.commit(change);
                    }
                },
                this::listen);
        for (Duration jump : List.of(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(-1))) {
            passed[0] = jump;
            assertAccepted(service.orderHardware(TARO, Confirmation.NONE));
            assertAccepted(service.cancel(TARO, Confirmation.NONE));
        }
        assertEquals(6, times.size());
        for (Duration time : times) {
            assertTrue(time.compareTo(Duration.ZERO) > 0, time::toString);
            assertTrue(time.compareTo(Duration.ofHours(1)) < 0, time::toString);
        }
    }

    @Test
    void tellsOfFailures() {
        StorageException down = new StorageException("The database is down", null);
        TokenService reading = on(
                new ForwardingStore(store) {
                    @Override
                    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
                        throw down;
                    }
                },
                this::listen);
        assertEquals(down, assertThrows(StorageException.class, () -> reading.verify(TARO, "1", Purpose.LOGIN)));
        TokenService writing = on(
                new ForwardingStore(store) {
                    @Override
                    public CommitResult commit(EnrolmentChange change) {
                        throw down;
                    }
                },
                this::listen);
        assertEquals(down, assertThrows(StorageException.class, () -> writing.orderHardware(TARO, Confirmation.NONE)));
        assertEquals(List.of(measured("verify", null, true, 0), measured("order", null, true, 1)), told);
    }

    @Test
    void tellsOfAProvisioningThatFails() throws Exception {
        HashingPolicy impatient = TestInstitution.FAST_HASHING.toBuilder()
                .longestWait(Duration.ZERO)
                .build();
        TokenService service = institution(store, TestInstitution.POLICY.withHashing(impatient), this::listen)
                .tokens();
        DevicePublicKey device = DeviceKey.generate(new SecureRandom()).publicKey();
        BusyHashing.during(() -> assertThrows(
                OverloadedException.class,
                () -> service.provision(UNKNOWN.value(), FakePhone.ACTIVATION_PASSWORD, device)));
        TokenService unreadable = on(
                new ForwardingStore(store) {
                    @Override
                    public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
                        throw new StorageException("The database is down", null);
                    }
                },
                this::listen);
        assertThrows(
                StorageException.class,
                () -> unreadable.provision(UNKNOWN.value(), FakePhone.ACTIVATION_PASSWORD, device));
        assertEquals(List.of(measured("provision", null, true, 0), measured("provision", null, true, 0)), told);
    }

    /** An error must not hide that the code is spent. */
    @ParameterizedTest
    @MethodSource
    void aListenerThatFailsChangesNothing(Throwable thrown) {
        FakePhone phone = activate(TARO);
        TokenListener failing = measured -> sneak(thrown);
        TokenService service = on(store, failing);
        assertAccepted(service.verify(TARO, phone.code(), Purpose.LOGIN));
        assertRefused(Refusal.REPLAYED, service.verify(TARO, phone.code(), Purpose.LOGIN));
        assertRefused(Refusal.MALFORMED, service.activateHardware(TARO, "1", Confirmation.NONE));
        assertThrows(
                StorageException.class,
                () -> on(
                                new ForwardingStore(store) {
                                    @Override
                                    public CommitResult commit(EnrolmentChange change) {
                                        throw new StorageException("The database is down", null);
                                    }
                                },
                                failing)
                        .orderHardware(HANAKO, Confirmation.NONE));
    }

    static List<Throwable> aListenerThatFailsChangesNothing() {
        return List.of(
                new IllegalStateException("no metrics today"),
                new NoClassDefFoundError("a metrics library of another version"),
                new StackOverflowError(),
                new IOException("thrown without a declaration, as Kotlin does"));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** An operation within a transaction of the application may be rolled back after the listener has received it. */
    @Test
    void hearsNothingOfAView() {
        Institution listened = institution(store, TestInstitution.POLICY, this::listen);
        HolderProof proof = bank.proofs()
                .forHardwareOrder(TARO, Confirmation.NONE)
                .orElseThrow()
                .proof();
        TokensInTransaction view = listened.within(store.transaction());
        assertAccepted(view.orderHardware(TARO, proof));
        assertAccepted(view.desk(OPERATOR).cancel(TARO, "by mistake"));
        assertRefused(Refusal.MALFORMED, view.issueSoftware(TARO, SoftwareRequest.of("nowhere", null), proof));
        assertEquals(List.of(), told);
        assertAccepted(listened.tokens().orderHardware(TARO, Confirmation.NONE));
        assertEquals(List.of(done("order", null)), told);
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
        assertTrue(registry.get("otp").tag("operation", "issue").timer().totalTime(TimeUnit.NANOSECONDS) > 0);
        assertEquals(
                0.0,
                registry.get("otp.lost.races")
                        .tag("service", TestInstitution.SERVICE_ID.value())
                        .tag("operation", "verify")
                        .counter()
                        .count());

        String source = Files.readString(Path.of("src/test/java/dev/watchword/otp/lifecycle/MicrometerListener.java"));
        String region = source.substring(source.indexOf("// region\n") + 10, source.indexOf("\n    // end\n"));
        assertTrue(Files.readString(Path.of("../docs/operations.md"))
                .contains("```java\n" + region.stripIndent() + "\n```"));
    }
}
