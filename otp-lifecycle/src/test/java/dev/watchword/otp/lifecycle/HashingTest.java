package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.internal.BackupCodeText;
import dev.watchword.otp.lifecycle.internal.sealing.PasswordHasher;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.OverloadedException;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.HashingPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.support.BusyHashing;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.Threads;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Password hashes starve no other operation, and no text is hashed that cannot be right. */
class HashingTest extends InstitutionFixture {
    private static final HashingPolicy IMPATIENT =
            TestInstitution.FAST_HASHING.toBuilder().longestWait(Duration.ZERO).build();
    private static final TokenPolicy POLICY = TokenPolicy.BANK.withHashing(IMPATIENT);
    private static final String PASSWORD = "secret12";
    private static final String ADDRESS = "taro@bank.example";
    private static final String UNKNOWN = "999800000009";

    private final AtomicInteger hashes = new AtomicInteger();
    private final DevicePublicKey device = newDevice();
    private final DevicePublicKey otherDevice = newDevice();

    private static String huge() {
        return "7".repeat(100_000_000);
    }

    private static DevicePublicKey newDevice() {
        return DeviceKey.generate(new SecureRandom()).publicKey();
    }

    private void at(TokenPolicy policy) {
        bank = TestInstitution.builder(store, clock)
                .policy(policy)
                .hashing(hashes::incrementAndGet)
                .build();
        tokens = bank.tokens();
        desk = bank.desk(OPERATOR);
    }

    private Optional<Enrolment> stored(Holder holder) {
        return store.find(TestInstitution.SERVICE_ID, holder);
    }

    private UserId issued(Holder holder) {
        return tokens.issueSoftware(holder, REQUEST, Confirmation.NONE)
                .orElseThrow()
                .userId();
    }

    private interface Call {
        Outcome<?> make();
    }

    private int hashesOf(Call call) {
        hashes.set(0);
        Outcome<?> unused = call.make();
        return hashes.get();
    }

    /**
     * Every call needs a hash, so it fails while all permits are taken, and succeeds or counts a failure afterwards.
     */
    private void assertOverloaded(List<Call> calls) throws Exception {
        List<Optional<Enrolment>> before = List.of(stored(TARO), stored(HANAKO));
        BusyHashing.during(() -> calls.forEach(call -> {
            OverloadedException thrown = assertThrows(OverloadedException.class, call::make);
            assertEquals(
                    "Too many password hashes are computed at once; nothing was done, so refuse the request and"
                            + " repeat it later",
                    thrown.getMessage());
            assertEquals(before, List.of(stored(TARO), stored(HANAKO)));
        }));
        for (Call call : calls) {
            assertTrue(hashesOf(call) > 0);
        }
    }

    @Test
    @Tag("R2.9")
    void anOverloadedProvisioningChangesNothing() throws Exception {
        at(TestInstitution.POLICY.withHashing(IMPATIENT));
        String userId = issued(TARO).value();

        assertOverloaded(List.of(
                () -> tokens.provision(UNKNOWN, FakePhone.ACTIVATION_PASSWORD, device),
                () -> tokens.provision(userId, "9999", device),
                () -> tokens.provision(userId, FakePhone.ACTIVATION_PASSWORD, device)));
        assertOverloaded(List.of( // provisioned meanwhile
                () -> tokens.provision(userId, FakePhone.ACTIVATION_PASSWORD, otherDevice),
                () -> tokens.provision(userId, FakePhone.ACTIVATION_PASSWORD, device)));
    }

    @Test
    @Tag("R2.9")
    void anOverloadedRequestOfAHolderChangesNothing() throws Exception {
        at(POLICY);
        assertAccepted(tokens.setConfirmationPassword(TARO, PASSWORD));
        String mailCode = tokens.createMailCode(TARO, Operation.ISSUE, ADDRESS)
                .orElseThrow()
                .code()
                .exposeText();
        Confirmation password = Confirmation.NONE.password(PASSWORD);

        assertOverloaded(List.of(
                () -> tokens.setConfirmationPassword(HANAKO, PASSWORD),
                () -> tokens.createMailCode(HANAKO, Operation.ISSUE, ADDRESS),
                () -> tokens.orderHardware(TARO, Confirmation.NONE.password("secret13")),
                () -> tokens.issueSoftware(TARO, REQUEST, password.mailCode(mailCode))));
        assertOverloaded(List.of(() -> tokens.cancel(TARO, password))); // issued meanwhile
    }

    @Test
    @Tag("R2.9")
    void aLoginNeedsNoHash() throws Exception {
        at(TestInstitution.POLICY.withHashing(IMPATIENT));
        FakePhone phone = activate(TARO);

        BusyHashing.during(() -> assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN)));
    }

    /** A hash never parks, so it occupies its carrier. The hashes of this test continue until the login ends. */
    @Test
    @Tag("R2.9")
    void hashesLeaveAProcessorToALoginOnAVirtualThread() throws Exception {
        FakePhone phone = activate(TARO);
        UserId userId = issued(HANAKO);
        AtomicBoolean loggedIn = new AtomicBoolean();
        AtomicInteger begun = new AtomicInteger();
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        bank = TestInstitution.builder(store, clock)
                .hashing(() -> {
                    begun.incrementAndGet();
                    while (!loggedIn.get() && System.nanoTime() - latest < 0) {
                        Thread.onSpinWait();
                    }
                })
                .build();
        ExecutorService threads = Threads.virtual();
        try {
            List<Future<?>> provisionings = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                provisionings.add(threads.submit(() -> bank.tokens().provision(userId.value(), "9999", device)));
            }
            while (begun.get() < PasswordHasher.MOST_AT_ONCE) {
                Thread.onSpinWait();
            }
            Future<Outcome<?>> login = threads.submit(() -> tokens.verify(TARO, phone.code(), Purpose.LOGIN));
            if (Runtime.getRuntime().availableProcessors() > 1) {
                assertAccepted(login.get());
                assertTrue(System.nanoTime() - latest < 0, "The login must not wait for a hash");
            }
            loggedIn.set(true);
            assertAccepted(login.get());
            for (Future<?> provisioning : provisionings) {
                Object unused = provisioning.get();
            }
        } finally {
            loggedIn.set(true);
            threads.shutdown();
        }
    }

    @Test
    @Tag("R2.9")
    @Tag("R4.3")
    void anActivationPasswordThatIsTooLongIsMalformedForEveryUserId() {
        at(TestInstitution.POLICY);
        String userId = issued(TARO).value();
        Optional<Enrolment> before = stored(TARO);
        for (String text : new String[] {"", "7".repeat(65), huge()}) {
            for (String id : List.of(userId, UNKNOWN)) {
                assertEquals(0, hashesOf(() -> {
                    Outcome<Provisioned> outcome = tokens.provision(id, text, device);
                    assertMalformed(Set.of(Field.ACTIVATION_PASSWORD), outcome);
                    return outcome;
                }));
            }
        }
        assertMalformed(Set.of(Field.USER_ID, Field.ACTIVATION_PASSWORD), tokens.provision("1", null, device));
        assertEquals(before, stored(TARO));

        assertRefused(Refusal.WRONG_ACTIVATION_PASSWORD, tokens.provision(userId, "7".repeat(64), device));
        assertRefused(Refusal.UNKNOWN_HOLDER, tokens.provision(UNKNOWN, "7".repeat(64), device));
    }

    @Test
    @Tag("R2.7")
    @Tag("R4.4")
    void everyProvisioningCostsOneHash() {
        at(TestInstitution.POLICY);
        String userId = issued(TARO).value();
        String password = FakePhone.ACTIVATION_PASSWORD;
        assertEquals(1, hashesOf(() -> tokens.provision(UNKNOWN, password, device)));
        assertEquals(1, hashesOf(() -> tokens.provision(userId, "9999", device)));
        assertEquals(1, hashesOf(() -> tokens.provision(userId, password, device)));
        assertEquals(1, hashesOf(() -> tokens.provision(userId, password, otherDevice)));
        assertEquals(1, hashesOf(() -> tokens.provision(userId, password, device)));
        assertAccepted(desk.cancel(TARO, "lost"));
        assertEquals(1, hashesOf(() -> tokens.provision(userId, password, device)));
    }

    /** The cost is also the same for an unknown holder, without codes, and for a used or locked code. */
    @Test
    @Tag("R2.7")
    @Tag("R14.1")
    @Tag("R14.2")
    void everyGuessAtABackupCodeCostsOneHash() {
        at(TestInstitution.POLICY);
        FakePhone phone = activate(TARO);
        String wrong = backupCode(BackupCodeText.Kind.EMERGENCY);
        String wrongRecovery = backupCode(BackupCodeText.Kind.RECOVERY);
        assertEquals(1, hashesOf(() -> tokens.useEmergencyCode(HANAKO, wrong)));
        assertEquals(1, hashesOf(() -> tokens.useRecoveryCode(HANAKO, wrongRecovery)));
        assertEquals(1, hashesOf(() -> tokens.useEmergencyCode(TARO, wrong)));
        assertEquals(1, hashesOf(() -> tokens.useRecoveryCode(TARO, wrongRecovery)));
        assertEquals(1, hashesOf(() -> desk.issueEmergencyCodes(TARO, "lost")));
        assertEquals(0, hashesOf(() -> desk.issueEmergencyCodes(HANAKO, "lost")));
        clock.toNextStep(TotpProfile.BANK);
        assertEquals(0, hashesOf(() -> tokens.createRecoveryCodes(TARO, code(phone.wrongCode()))));
        String right = phone.code();
        assertEquals(10, hashesOf(() -> tokens.createRecoveryCodes(TARO, code(right))));
        String issued = desk.issueEmergencyCodes(TARO, "lost")
                .orElseThrow()
                .codes()
                .get(0)
                .exposeText();
        for (int i = 0; i < 6; i++) {
            assertEquals(1, hashesOf(() -> tokens.useRecoveryCode(TARO, wrongRecovery)));
        }
        assertEquals(1, hashesOf(() -> tokens.useEmergencyCode(TARO, issued)));
        assertEquals(1, hashesOf(() -> tokens.useEmergencyCode(TARO, issued)));
        for (String text : new String[] {"", issued + "0", issued.substring(1), huge(), wrongRecovery}) {
            assertEquals(0, hashesOf(() -> tokens.useEmergencyCode(TARO, text)));
            assertEquals(0, hashesOf(() -> tokens.useEmergencyCode(HANAKO, text)));
        }
    }

    @Test
    @Tag("R2.9")
    void aBackupCodeIsHashedOnceARequestWhateverRacesFollow() {
        FakePhone phone = activate(TARO);
        clock.toNextStep(TotpProfile.BANK);
        int[] overtaken = {0};
        ForwardingStore busy = new ForwardingStore(store) {
            @Override
            public CommitResult commit(EnrolmentChange change) {
                return overtaken[0]++ % 6 < 5 ? CommitResult.STALE : super.commit(change);
            }
        };
        bank = TestInstitution.builder(busy, clock)
                .hashing(hashes::incrementAndGet)
                .build();
        tokens = bank.tokens();
        assertEquals(10, hashesOf(() -> tokens.createRecoveryCodes(TARO, code(phone.code()))));
        assertEquals(1, hashesOf(() -> bank.desk(OPERATOR).issueEmergencyCodes(TARO, "lost")));
        assertEquals(1, hashesOf(() -> tokens.useRecoveryCode(TARO, backupCode(BackupCodeText.Kind.RECOVERY))));
        assertEquals(18, overtaken[0]);
        assertEquals(1, stored(TARO).orElseThrow().backupCodes().failuresSinceAccepted());
    }

    private static String backupCode(BackupCodeText.Kind kind) {
        return BackupCodeText.draw(kind, 0, BackupCodeText.LONG, new SecureRandom())
                .exposeGroups();
    }

    @Test
    @Tag("R2.9")
    void anOverloadedUseOfABackupCodeChangesNothing() throws Exception {
        at(TestInstitution.POLICY.withHashing(IMPATIENT));
        FakePhone phone = activate(TARO);
        String emergency = desk.issueEmergencyCodes(TARO, "lost")
                .orElseThrow()
                .codes()
                .get(0)
                .exposeText();
        String wrong = backupCode(BackupCodeText.Kind.RECOVERY);
        clock.toNextStep(TotpProfile.BANK);

        assertOverloaded(List.of(
                () -> tokens.useEmergencyCode(HANAKO, emergency),
                () -> tokens.useRecoveryCode(TARO, wrong),
                () -> tokens.useEmergencyCode(TARO, emergency),
                () -> desk.issueEmergencyCodes(TARO, "lost"),
                () -> tokens.createRecoveryCodes(TARO, code(phone.code()))));
    }

    @Test
    @Tag("R2.9")
    @Tag("R8.2")
    void aConfirmationPasswordOfAnotherFormIsWrongWithoutAHash() {
        at(POLICY);
        assertAccepted(tokens.setConfirmationPassword(TARO, PASSWORD));
        for (String text : new String[] {"", "secret1!", huge()}) {
            assertEquals(0, hashesOf(() -> {
                Outcome<?> outcome = tokens.orderHardware(TARO, Confirmation.NONE.password(text));
                assertRefused(Refusal.WRONG_PASSWORD, outcome);
                return outcome;
            }));
        }
        assertEquals(3, stored(TARO).orElseThrow().credentials().passwordFailures());
        assertEquals(1, hashesOf(() -> tokens.orderHardware(TARO, Confirmation.NONE.password("secret13"))));
        assertEquals(0, hashesOf(() -> tokens.setConfirmationPassword(HANAKO, huge())));
    }

    /** A wrong one could not be counted, so a guess at it would be free. */
    @Test
    @Tag("R2.2")
    void aFactorThatTheOperationDoesNotNeedIsNotCompared() {
        at(POLICY);
        assertAccepted(tokens.setConfirmationPassword(TARO, PASSWORD));
        assertAccepted(tokens.createMailCode(TARO, Operation.ISSUE, ADDRESS));
        Confirmation all = Confirmation.NONE.password(PASSWORD).mailCode("12345678");
        assertEquals(1, hashesOf(() -> tokens.orderHardware(TARO, all)));
        FakeAuthenticator token = stock(SERIAL);
        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertAccepted(desk.send(TARO));
        assertEquals(0, hashesOf(() -> tokens.activateHardware(TARO, SERIAL.value(), all.code(token.code()))));
        assertEquals(RegistrationStatus.ACTIVE, status(TARO));
    }

    /** The other two hashes are those of the confirmation password and of the activation password. */
    @Test
    @Tag("R2.9")
    @Tag("R8.3")
    void aMailCodeOfAnotherFormIsWrongWithoutAHash() {
        at(POLICY);
        assertAccepted(tokens.setConfirmationPassword(TARO, PASSWORD));
        String right = tokens.createMailCode(TARO, Operation.ISSUE, ADDRESS)
                .orElseThrow()
                .code()
                .exposeText();
        Confirmation password = Confirmation.NONE.password(PASSWORD);
        for (String text : new String[] {"", right + "0", right.substring(1) + "x", huge()}) {
            assertEquals(2, hashesOf(() -> {
                Outcome<?> outcome = tokens.issueSoftware(TARO, REQUEST, password.mailCode(text));
                assertRefused(Refusal.WRONG_MAIL_CODE, outcome);
                return outcome;
            }));
        }
        assertEquals(4, stored(TARO).orElseThrow().credentials().mailCodeFailures());
        assertEquals(3, hashesOf(() -> tokens.issueSoftware(TARO, REQUEST, password.mailCode(right))));
        assertNotNull(stored(TARO).orElseThrow().pendingToken());
    }
}
