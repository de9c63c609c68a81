package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTransaction;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Proofs of a holder, and the operations within a transaction of the application that use them. */
@Tag("R15.2")
class ProofTest extends InstitutionFixture {
    private static final String REASON = "asked to";

    private static HolderProof proof(Outcome<Proved> outcome) {
        return outcome.orElseThrow().proof();
    }

    /** Runs an operation in a transaction that commits. */
    private <T> Outcome<T> committed(Function<TokensInTransaction, Outcome<T>> operation) {
        InMemoryTransaction transaction = store.transaction();
        Outcome<T> outcome = operation.apply(bank.within(transaction));
        transaction.commit();
        return outcome;
    }

    /** Runs an operation in a transaction that rolls back. */
    private <T> Outcome<T> rolledBack(Function<TokensInTransaction, Outcome<T>> operation) {
        InMemoryTransaction transaction = store.transaction();
        Outcome<T> outcome = operation.apply(bank.within(transaction));
        transaction.rollback();
        return outcome;
    }

    private HolderProof ofRevocation(FakePhone phone) {
        return proof(bank.proofs().forRevocation(TARO, code(phone.code())));
    }

    @Test
    void aProofSpendsTheCodeAndChangesNothingElse() {
        FakePhone phone = activate(TARO);
        String code = phone.code();

        assertAccepted(bank.proofs().forRevocation(TARO, code(code)));

        assertRefused(Refusal.REPLAYED, 5, login(TARO, code));
        assertRefused(Refusal.REPLAYED, 5, bank.proofs().forRevocation(TARO, code(code)));
        assertEquals(RegistrationStatus.ACTIVE, status(TARO));
    }

    @Test
    @Tag("R15.1")
    void aProofIsUsedInACommittedTransaction() {
        HolderProof proof = ofRevocation(activate(TARO));

        assertAccepted(committed(view -> view.revoke(TARO, proof)));

        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
    }

    @Test
    void aProofIsGoodForOneCommittedTransaction() {
        HolderProof proof = proof(bank.proofs().forHardwareOrder(TARO, Confirmation.NONE));
        assertAccepted(committed(view -> view.orderHardware(TARO, proof)));
        assertAccepted(desk.cancel(TARO, REASON));

        assertRefusedWithoutToken(Refusal.NO_PROOF, committed(view -> view.orderHardware(TARO, proof)));
        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
    }

    @Test
    void aProofIsUsedOnceWithinATransaction() {
        HolderProof proof = proof(bank.proofs().forHardwareOrder(TARO, Confirmation.NONE));
        assertRefused(Refusal.NO_PROOF, committed(view -> {
            assertAccepted(view.orderHardware(TARO, proof));
            assertAccepted(view.desk(OPERATOR).cancel(TARO, REASON));
            return view.orderHardware(TARO, proof);
        }));
    }

    @Test
    void aProofIsGoodAgainAfterARollback() {
        FakePhone phone = activate(TARO);
        String code = phone.code();
        HolderProof proof = proof(bank.proofs().forRevocation(TARO, code(code)));

        assertAccepted(rolledBack(view -> view.revoke(TARO, proof)));
        assertAccepted(rolledBack(view -> view.revoke(TARO, proof)));
        assertEquals(RegistrationStatus.ACTIVE, status(TARO));
        assertRefused(Refusal.REPLAYED, login(TARO, code));

        assertAccepted(committed(view -> view.revoke(TARO, proof)));
    }

    @Test
    void twoTransactionsWithOneProofCommitOnce() {
        HolderProof proof = ofRevocation(activate(TARO));
        InMemoryTransaction one = store.transaction();
        InMemoryTransaction other = store.transaction();
        assertAccepted(bank.within(one).revoke(TARO, proof));
        assertAccepted(bank.within(other).revoke(TARO, proof));
        one.commit();

        assertThrows(LostRaceException.class, other::commit);
        assertEquals(1, history(TARO).stream().filter(EventType.REVOKED::equals).count());
    }

    /** Fifty wrong codes with a rollback around each left four tries, when codes were verified in the transaction. */
    @Test
    void wrongCodesAreChargedWhateverTheTransactionDoes() {
        FakePhone phone = activate(TARO);
        for (int tries = 4; tries >= 0; tries--) {
            assertRefused(Refusal.WRONG_CODE, tries, bank.proofs().forRevocation(TARO, code(phone.wrongCode())));
        }
        assertRefused(Refusal.SUSPENDED, 0, bank.proofs().forRevocation(TARO, code(phone.code())));
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO));
    }

    @Test
    void aTokenThatWasSuspendedAfterTheProofStaysAsItIs() {
        FakePhone phone = activate(TARO);
        HolderProof proof = ofRevocation(phone);
        for (int i = 0; i < 5; i++) {
            assertRefused(Refusal.WRONG_CODE, login(TARO, phone.wrongCode()));
        }
        assertRefused(Refusal.SUSPENDED, committed(view -> view.revoke(TARO, proof)));
    }

    @Test
    void aProofExpires() {
        HolderProof proof = ofRevocation(activate(TARO));
        clock.advance(Duration.ofMinutes(5).minusNanos(1000));
        assertAccepted(rolledBack(view -> view.revoke(TARO, proof)));

        clock.advance(Duration.ofNanos(1000));
        assertRefused(Refusal.NO_PROOF, committed(view -> view.revoke(TARO, proof)));
    }

    @Test
    void thePolicySetsTheLifetime() {
        follow(TestInstitution.POLICY.withConfirmation(ConfirmationPolicy.BY_APPLICATION.toBuilder()
                .proofLifetime(Duration.ofMinutes(1))
                .build()));
        Proved proved = bank.proofs().forHardwareOrder(TARO, Confirmation.NONE).orElseThrow();
        assertEquals(clock.instant().plusSeconds(60).minusNanos(789), proved.expiresAt());
        clock.advance(Duration.ofMinutes(1));

        assertRefused(Refusal.NO_PROOF, committed(view -> view.orderHardware(TARO, proved.proof())));
    }

    @Test
    void aForeignProofIsRefused() {
        HolderProof ofTaro = ofRevocation(activate(TARO));
        FakePhone phone = activate(HANAKO);
        HolderProof ofHanako = proof(bank.proofs().forRevocation(HANAKO, code(phone.code())));

        assertRefused(Refusal.NO_PROOF, committed(view -> view.revoke(TARO, ofHanako)));
        assertRefused(Refusal.NO_PROOF, committed(view -> view.revoke(HANAKO, ofTaro)));
        assertRefused(Refusal.NO_PROOF, committed(view -> view.revoke(TARO, HolderProof.random(new SecureRandom()))));

        assertAccepted(committed(view -> view.revoke(TARO, ofTaro)));
        assertEquals(RegistrationStatus.ACTIVE, status(HANAKO));
    }

    @Test
    void aProofIsForOneOperation() {
        HolderProof ofOrder = proof(bank.proofs().forHardwareOrder(TARO, Confirmation.NONE));
        assertRefused(Refusal.NO_PROOF, committed(view -> view.issueSoftware(TARO, REQUEST, ofOrder)));
        assertAccepted(committed(view -> view.orderHardware(TARO, ofOrder)));
        HolderProof ofCancellation = proof(bank.proofs().forCancellation(TARO, Confirmation.NONE));
        assertAccepted(committed(view -> view.cancel(TARO, ofCancellation)));
        assertRefused(Refusal.NO_PROOF, committed(view -> view.orderHardware(TARO, ofCancellation)));
    }

    @Test
    void aProofIsForOneRequest() {
        HolderProof proof = proof(bank.proofs().forSoftwareIssue(TARO, REQUEST, Confirmation.NONE));

        assertRefused(
                Refusal.NO_PROOF,
                committed(view -> view.issueSoftware(
                        TARO, SoftwareRequest.of("other@bank.example", FakePhone.ACTIVATION_PASSWORD), proof)));
        assertRefused(
                Refusal.NO_PROOF,
                committed(view -> view.issueSoftware(TARO, SoftwareRequest.of("taro@bank.example", "0000"), proof)));
        assertMalformed(
                Set.of(Field.MAIL_ADDRESS),
                committed(view -> view.issueSoftware(
                        TARO,
                        SoftwareRequest.of("nowhere", FakePhone.ACTIVATION_PASSWORD)
                                .enteredAgain("nowhere", FakePhone.ACTIVATION_PASSWORD),
                        proof)));

        assertAccepted(committed(view -> view.issueSoftware(TARO, REQUEST, proof)));
        assertEquals("taro@bank.example", tokens.mailAddress(TARO).orElseThrow().value());
    }

    @Test
    void aNewProofReplacesTheOpenOne() {
        HolderProof first = proof(bank.proofs().forHardwareOrder(TARO, Confirmation.NONE));
        HolderProof second = proof(bank.proofs().forHardwareOrder(TARO, Confirmation.NONE));

        assertRefused(Refusal.NO_PROOF, committed(view -> view.orderHardware(TARO, first)));
        assertAccepted(committed(view -> view.orderHardware(TARO, second)));
    }

    @Test
    void aProofEndsWithTheOrderThatItIsAbout() {
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        HolderProof proof = proof(bank.proofs().forCancellation(TARO, Confirmation.NONE));
        assertAccepted(desk.cancel(TARO, REASON));
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));

        assertRefused(Refusal.NO_PROOF, committed(view -> view.cancel(TARO, proof)));
    }

    @Test
    void aProofEndsWithTheTokenThatItIsAbout() {
        HolderProof proof = ofRevocation(activate(TARO));
        assertAccepted(desk.revoke(TARO, REASON));
        clock.advance(Duration.ofDays(1));
        activate(TARO);

        assertRefused(Refusal.NO_PROOF, committed(view -> view.revoke(TARO, proof)));
        assertNull(stored().proof());
    }

    @Test
    void aProofEndsWhenTheActivationSupersedesItsToken() {
        follow(TestInstitution.POLICY.withRenewal(RenewalPolicy.ALL_KINDS));
        FakeAuthenticator old = activateHardware(TARO, SERIAL);
        clock.advance(Duration.ofDays(300));
        assertAccepted(tokens.renewHardware(TARO, code(old.code())));
        clock.advance(Duration.ofMinutes(1));
        FakeAuthenticator next = stock(SERIAL_2);
        assertAccepted(desk.assign(TARO, SERIAL_2.value()));
        assertAccepted(desk.send(TARO));
        HolderProof proof = proof(bank.proofs().forRevocation(TARO, code(old.code())));
        assertAccepted(tokens.activateHardware(TARO, SERIAL_2.value(), code(next.code())));

        assertNull(stored().proof());
        assertRefused(Refusal.NO_PROOF, committed(view -> view.revoke(TARO, proof)));
    }

    @Test
    @Tag("R2.4")
    void aProofEndsWithASuspensionByAnOperator() {
        FakePhone phone = activate(TARO);
        HolderProof first = ofRevocation(phone);
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, REASON));
        assertAccepted(desk.resume(TARO, REASON));
        assertRefused(Refusal.NO_PROOF, committed(view -> view.revoke(TARO, first)));

        clock.advance(Duration.ofMinutes(1));
        HolderProof second = ofRevocation(phone);
        assertAccepted(desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));
        assertRefused(Refusal.HOLDER_SUSPENDED, committed(view -> view.revoke(TARO, second)));
        assertAccepted(desk.resumeHolder(TARO, REASON));
        assertRefused(Refusal.NO_PROOF, committed(view -> view.revoke(TARO, second)));
    }

    /** The proof can have been used after the backup. */
    @Test
    @Tag("R11.3")
    void aProofEndsWithTheFloor() {
        HolderProof proof = ofRevocation(activate(TARO));
        HolderProof ofHanako = proof(bank.proofs().forHardwareOrder(HANAKO, Confirmation.NONE));
        assertAccepted(desk.raiseFloor(clock.instant(), REASON, done -> {}));

        assertRefused(Refusal.NO_PROOF, committed(view -> view.revoke(TARO, proof)));
        assertRefused(Refusal.NO_PROOF, committed(view -> view.orderHardware(HANAKO, ofHanako)));
        int events = history(HANAKO).size();
        assertAccepted(desk.raiseFloor(clock.instant(), REASON, done -> {}));
        assertEquals(events, history(HANAKO).size());
    }

    @Test
    @Tag("R10.3")
    void aProofEndsWithTheErasure() {
        HolderProof proof = proof(bank.proofs().forHardwareOrder(TARO, Confirmation.NONE));
        assertAccepted(desk.erase(TARO));

        assertRefused(Refusal.NO_PROOF, committed(view -> view.orderHardware(TARO, proof)));
    }

    @Test
    @Tag("R8.1")
    void theFactorsAreConsumedByTheProof() {
        follow(TestInstitution.POLICY.withConfirmation(ConfirmationPolicy.BANK));
        assertAccepted(tokens.setConfirmationPassword(TARO, "hirosaki1"));
        String mailed = tokens.createMailCode(TARO, Operation.ISSUE, "taro@bank.example")
                .orElseThrow()
                .code()
                .exposeText();
        Confirmation confirmation = Confirmation.NONE.password("hirosaki1").mailCode(mailed);
        assertRefused(
                Refusal.FACTOR_MISSING,
                bank.proofs().forSoftwareIssue(TARO, REQUEST, Confirmation.NONE.password("hirosaki1")));
        HolderProof proof = proof(bank.proofs().forSoftwareIssue(TARO, REQUEST, confirmation));

        assertRefused(Refusal.NO_MAIL_CODE, bank.proofs().forSoftwareIssue(TARO, REQUEST, confirmation));
        assertAccepted(committed(view -> view.issueSoftware(TARO, REQUEST, proof)));
    }

    @Test
    void aSoftwareTokenGoesItsWholeWayInTransactions() {
        follow(TestInstitution.POLICY.withRenewal(RenewalPolicy.ALL_KINDS));
        HolderProof issue = proof(bank.proofs().forSoftwareIssue(TARO, REQUEST, Confirmation.NONE));
        Issued issued =
                committed(view -> view.issueSoftware(TARO, REQUEST, issue)).orElseThrow();
        FakePhone phone = FakePhone.provisioned(tokens, issued.userId(), FakePhone.ACTIVATION_PASSWORD, clock);
        HolderProof activation = proof(bank.proofs().forSoftwareActivation(TARO, code(phone.code())));
        assertAccepted(rolledBack(view -> view.activate(TARO, activation)));
        assertEquals(RegistrationStatus.ISSUED, status(TARO));
        assertAccepted(committed(view -> view.activate(TARO, activation)));
        assertRefused(Refusal.REPLAYED, login(TARO, phone.code()));
        assertEquals(
                SigningMethod.APP,
                tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TransactionDetails.of("amount", "1"))
                        .orElseThrow()
                        .method());
        clock.advance(Duration.between(clock.instant(), inUse(TARO).expiresAt()).minusDays(30));
        HolderProof renewal = proof(bank.proofs().forSoftwareRenewal(TARO, REQUEST, code(phone.code())));
        assertAccepted(committed(view -> view.renewSoftware(TARO, REQUEST, renewal)));
        HolderProof cancellation = proof(bank.proofs().forCancellation(TARO, Confirmation.NONE));
        assertAccepted(committed(view -> view.cancel(TARO, cancellation)));
        assertEquals(RegistrationStatus.ACTIVE, status(TARO));
    }

    @Test
    @Tag("R5.3")
    void aHardwareTokenGoesItsWholeWayInTransactions() {
        FakeAuthenticator shown = stock(SERIAL);
        HolderProof order = proof(bank.proofs().forHardwareOrder(TARO, Confirmation.NONE));
        assertAccepted(committed(view -> {
            assertAccepted(view.orderHardware(TARO, order));
            assertAccepted(view.desk(OPERATOR).assign(TARO, SERIAL.value()));
            return view.desk(OPERATOR).send(TARO);
        }));
        assertRefused(
                Refusal.WRONG_SERIAL,
                4,
                bank.proofs().forHardwareActivation(TARO, SERIAL_2.value(), code(shown.code())));
        HolderProof activation = proof(bank.proofs().forHardwareActivation(TARO, SERIAL.value(), code(shown.code())));
        assertAccepted(committed(view -> view.activate(TARO, activation)));
        clock.advance(Duration.ofDays(300));
        HolderProof renewal = proof(bank.proofs().forHardwareRenewal(TARO, code(shown.code())));
        assertAccepted(committed(view -> view.renewHardware(TARO, renewal)));
        clock.advance(Duration.ofDays(61));
        assertAccepted(committed(view -> view.lapse(TARO)));
        assertEquals(RegistrationStatus.ACTIVE, status(TARO));
    }

    @Test
    @Tag("R9.1")
    void theHistoryRecordsTheProofAndTheOperation() {
        FakePhone phone = activate(TARO);
        int before = history(TARO).size();
        HolderProof proof = ofRevocation(phone);
        assertAccepted(committed(view -> view.revoke(TARO, proof)));

        List<TokenEvent> events = bank.histories().read(TARO, before, 10);
        assertEquals(
                List.of(EventType.PROVED, EventType.REVOKED),
                events.stream().map(TokenEvent::type).toList());
        assertEquals(Purpose.REVOCATION, events.get(0).purpose());
        assertEquals(events.get(1).serial(), events.get(0).serial());
        assertTrue(bank.histories().verify(TARO).isIntact());
    }

    @Test
    void anyProcessCanUseTheTextOfAProof() {
        HolderProof proof = ofRevocation(activate(TARO));
        String text = proof.exposeText();
        Institution another = TestInstitution.builder(store, clock).build();
        InMemoryTransaction transaction = store.transaction();

        assertAccepted(
                another.within(transaction).revoke(TARO, HolderProof.parse(text).orElseThrow()));
    }

    @Test
    void theStoreHoldsOnlyAHash() {
        HolderProof proof = ofRevocation(activate(TARO));
        byte[] nonce = Base64.getUrlDecoder().decode(proof.exposeText());

        assertEquals(32, nonce.length);
        assertFalse(stored().toString().contains(HexFormat.of().formatHex(nonce)));
        assertFalse(stored().toString().contains(proof.exposeText()));
    }

    @Test
    void onlyTheTextOfAProofIsParsed() {
        String text = HolderProof.random(new SecureRandom()).exposeText();
        assertEquals(text, HolderProof.parse(text).orElseThrow().exposeText());
        for (String wrong :
                Arrays.asList(null, "", text + "A", text.substring(1), text.substring(1) + "=", "A".repeat(42) + "B")) {
            assertTrue(HolderProof.parse(wrong).isEmpty());
        }
    }

    /** An operation that verifies a code, a password or a mail code would give a guess back with a rollback. */
    @Test
    @Tag("R15.1")
    void aTransactionHasNoOperationThatEvaluatesEvidence() {
        assertEquals(
                Set.of(
                        "registration",
                        "lockedRegistration",
                        "desk",
                        "issueSoftware",
                        "renewSoftware",
                        "orderHardware",
                        "renewHardware",
                        "activate",
                        "cancel",
                        "revoke",
                        "lapse"),
                names(TokensInTransaction.class));
        assertEquals(
                Set.of(
                        "orderHardware",
                        "replaceWithHardware",
                        "replaceWithSoftware",
                        "orderSuccessor",
                        "issueSuccessor",
                        "assign",
                        "send",
                        "suspend",
                        "suspendHolder",
                        "resume",
                        "resumeHolder",
                        "withdrawRequest",
                        "cancel",
                        "revoke",
                        "resetFactors",
                        "erase"),
                names(DeskInTransaction.class));
        for (Method method : TokensInTransaction.class.getMethods()) {
            assertFalse(List.of(method.getParameterTypes()).contains(Confirmation.class), method::getName);
        }
    }

    private static Set<String> names(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getDeclaringClass() != Object.class)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @Tag("R15.4")
    void readingIsPartOfTheTransaction() {
        FakePhone phone = activate(TARO);
        HolderProof proof = ofRevocation(phone);
        InMemoryTransaction transaction = store.transaction();
        TokensInTransaction view = bank.within(transaction);
        Supplier<List<RegistrationStatus>> read = () -> List.of(
                view.registration(TARO).status(), view.lockedRegistration(TARO).status());

        assertEquals(List.of(RegistrationStatus.ACTIVE, RegistrationStatus.ACTIVE), read.get());
        Outcome<Registration> revoked = view.revoke(TARO, proof);
        assertAccepted(revoked);
        assertEquals(List.of(RegistrationStatus.UNREGISTERED, RegistrationStatus.UNREGISTERED), read.get());
        assertEquals(
                RegistrationStatus.UNREGISTERED,
                view.registration(new Holder("jiro")).status());
        assertEquals(RegistrationStatus.ACTIVE, status(TARO));
        transaction.rollback();
        assertThrows(IllegalStateException.class, () -> view.registration(TARO));
    }

    private Enrolment stored() {
        return store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow();
    }
}
