package dev.watchword.otp.lifecycle.internal.engine;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.RaisedFloor;
import dev.watchword.otp.lifecycle.TokensInTransaction;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.operations.Reencrypted;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.OneOperation;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.lifecycle.testing.TokenStoreContract;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every operation that reads an enrolment rejects a forged one. */
class AuthenticatedStoreTest extends InstitutionFixture {
    private static final ServiceId SERVICE = TestInstitution.SERVICE_ID;

    private final Forged forged = new Forged(store);

    /** A store whose rows of one holder can be forged. */
    private static final class Forged extends ForwardingStore {
        private UnaryOperator<Optional<Enrolment>> forgery = UnaryOperator.identity();

        Forged(TokenStore store) {
            super(store);
        }

        @Override
        public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
            Optional<Enrolment> found = super.find(serviceId, holder);
            return holder.equals(TARO) ? forgery.apply(found) : found;
        }

        @Override
        public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
            return forgery.apply(super.find(serviceId, userId));
        }
    }

    private Institution forgedBank() {
        return TestInstitution.builder(forged, clock).build();
    }

    private void forge(UnaryOperator<Enrolment> forgery) {
        forged.forgery = found -> found.map(forgery);
    }

    private static Enrolment altered(Enrolment enrolment) {
        return enrolment.toBuilder()
                .mailAddress(null)
                .softwareEndedAt(null)
                .version(enrolment.version() + 1)
                .build();
    }

    @Test
    @Tag("R10.5")
    void everyReadingOperationRejectsAForgedEnrolment() {
        FakePhone phone = activate(TARO);
        String code = phone.code();
        UserId userId = requireNonNull(tokens.registration(TARO).userId());
        forge(AuthenticatedStoreTest::altered);
        Institution bank = forgedBank();

        List<Executable> operations = List.of(
                () -> bank.tokens().verify(TARO, code, Purpose.LOGIN),
                () -> bank.tokens().verify(TARO, "malformed", Purpose.LOGIN),
                () -> bank.tokens().registration(TARO),
                () -> bank.tokens().mailAddress(TARO),
                () -> bank.tokens().revoke(TARO, Confirmation.NONE.code(code)),
                () -> bank.tokens()
                        .provision(
                                userId.value(),
                                FakePhone.ACTIVATION_PASSWORD,
                                DeviceKey.generate(DeviceKeyType.P256, new SecureRandom())
                                        .publicKey()),
                () -> bank.desk(OPERATOR).suspend(TARO, SuspensionReason.LOST, "lost"),
                () -> bank.desk(OPERATOR).erase(TARO),
                () -> bank.histories().verify(TARO));
        for (Executable operation : operations) {
            assertThrows(IntegrityException.class, operation);
        }
        assertEquals(3, history(TARO).size());
    }

    @Test
    @Tag("R10.5")
    void jobsReportAForgedEnrolmentAndGoOn() {
        activate(TARO);
        activate(HANAKO);
        forge(AuthenticatedStoreTest::altered);

        RaisedFloor floor = forgedBank()
                .desk(OPERATOR)
                .raiseFloor(clock.instant(), "restored", progress -> {})
                .orElseThrow();
        assertEquals(List.of(TARO), floor.unreadable());
        assertEquals(1, floor.changed());
        Reencrypted reencrypted = forgedBank().reencryption().run(progress -> {});
        assertEquals(List.of(TARO), reencrypted.unreadable());
    }

    @Test
    @Tag("R10.5")
    void anAttemptRejectsAForgedEnrolment() {
        activate(TARO);
        AuthenticatedStore authenticated = new AuthenticatedStore(forged, TestInstitution.KEYS);
        try (Attempt attempt = authenticated.attempt(SERVICE, TARO)) {
            assertTrue(attempt.find().isPresent());
        }
        forge(AuthenticatedStoreTest::altered);
        try (Attempt attempt = authenticated.attempt(SERVICE, TARO)) {
            assertThrows(IntegrityException.class, attempt::find);
        }
    }

    @Test
    @Tag("R10.5")
    void theEnrolmentOfAnotherHolderIsRejected() {
        activate(TARO);
        activate(HANAKO);
        UserId userId = requireNonNull(tokens.registration(TARO).userId());
        forged.forgery = found -> store.find(SERVICE, HANAKO);
        AuthenticatedStore authenticated = new AuthenticatedStore(forged, TestInstitution.KEYS);

        assertThrows(IntegrityException.class, () -> authenticated.find(SERVICE, TARO));
        assertThrows(IntegrityException.class, () -> authenticated.find(SERVICE, userId));
        forged.forgery = UnaryOperator.identity();
        assertTrue(authenticated.find(SERVICE, userId).isPresent());
    }

    @Test
    @Tag("R10.5")
    void aMissingCodeIsRejected() {
        FakePhone phone = activate(TARO);
        forge(enrolment -> enrolment.toBuilder().rowMac(null).build());
        assertThrows(IntegrityException.class, () -> forgedBank().tokens().verify(TARO, phone.code(), Purpose.LOGIN));
    }

    @Test
    @Tag("R10.5")
    void aViewIsAuthenticatedToo() {
        activate(TARO);
        forge(AuthenticatedStoreTest::altered);
        TokensInTransaction view = bank.within(new OneOperation(forged));
        assertThrows(IntegrityException.class, () -> view.registration(TARO));
        assertThrows(IntegrityException.class, () -> view.lockedRegistration(TARO));
        assertThrows(IntegrityException.class, () -> view.desk(OPERATOR).revoke(TARO, "left the bank"));
    }

    @Test
    void forwardsCapabilities() throws Exception {
        TokenStoreContract.forwardsCapabilities(store, new AuthenticatedStore(store, TestInstitution.KEYS))
                .run();
    }

    /** An old copy of all rows: its next event is stored already. */
    @Test
    @Tag("R10.5")
    void anOldCopyThatWasPutBackFailsAtTheNextCommit() {
        FakePhone phone = activate(TARO);
        Enrolment old = store.find(SERVICE, TARO).orElseThrow();
        assertAccepted(login(TARO, phone.code()));
        Enrolment now = store.find(SERVICE, TARO).orElseThrow();
        forge(enrolment -> old);
        TokenStore putBack = new ForwardingStore(forged) {
            @Override
            public CommitResult commit(EnrolmentChange change) {
                Enrolment before =
                        change.before().toBuilder().version(now.version()).build();
                Enrolment after =
                        change.after().toBuilder().version(now.version() + 1).build();
                return super.commit(EnrolmentChange.builder()
                        .id(change.id())
                        .before(before)
                        .after(after)
                        .ended(change.ended())
                        .events(change.events())
                        .build());
            }
        };
        assertThrows(
                IntegrityException.class,
                () -> TestInstitution.builder(putBack, clock)
                        .build()
                        .tokens()
                        .verify(TARO, phone.code(), Purpose.LOGIN));
        assertEquals(now, store.find(SERVICE, TARO).orElseThrow());
    }
}
