package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.HolderProof.Entries;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.engine.OutcomeMapper;
import dev.watchword.otp.lifecycle.internal.machine.Activate;
import dev.watchword.otp.lifecycle.internal.machine.Cancel;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.Issue;
import dev.watchword.otp.lifecycle.internal.machine.Lapse;
import dev.watchword.otp.lifecycle.internal.machine.NewValues;
import dev.watchword.otp.lifecycle.internal.machine.PlaceOrder;
import dev.watchword.otp.lifecycle.internal.machine.Proof;
import dev.watchword.otp.lifecycle.internal.machine.Provable;
import dev.watchword.otp.lifecycle.internal.machine.RenewHardware;
import dev.watchword.otp.lifecycle.internal.machine.RenewSoftware;
import dev.watchword.otp.lifecycle.internal.machine.Revoke;
import dev.watchword.otp.lifecycle.internal.machine.UseProof;
import dev.watchword.otp.lifecycle.internal.sealing.ProofHasher;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.OpenProof;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The operations that are part of a transaction of the application (R15). Obtain it from {@link Institution#within}. For one thread
 * and one transaction.
 *
 * <p>The application's commit stores the changes, and its rollback undoes them. No operation here verifies a code, a password or a
 * mail code, because a rollback would give back the guess. An operation that a holder confirms takes a {@link HolderProof}, which
 * {@link Proofs} makes before the transaction begins.
 *
 * <p>An operation is refused as {@link Refusal#NO_PROOF} if its proof is not the open one: it is for another holder, operation,
 * token or request, was used, was replaced, or has expired. Nothing is charged, because a proof has 256 random bits. Nothing is
 * ever accepted without the open proof.
 *
 * <p>An operation locks the holder's enrolment until the transaction ends. Call it late and commit soon. After a
 * {@link WatchwordException} the application MUST roll back; the view is told ({@link
 * dev.watchword.otp.lifecycle.spi.TransactionStore#failed}). After a {@link LostRaceException} it MAY repeat the whole transaction,
 * with the same proof. The listener of the institution is not told.
 */
public final class TokensInTransaction {
    private final Context context;
    private final Engine engine;
    private final OutcomeMapper outcomes;

    TokensInTransaction(Context context, Engine engine) {
        this.context = context;
        this.engine = engine;
        outcomes = new OutcomeMapper(context);
    }

    /**
     * Returns the registration of a holder as the transaction sees it. Takes no lock, and works in a read-only transaction.
     *
     * @param holder the holder
     * @return the registration; unregistered for an unknown holder
     * @throws WatchwordException if the store fails
     */
    public Registration registration(Holder holder) {
        return Registration.of(engine.read(holder), context.now());
    }

    /**
     * Returns the registration of a holder as last committed, and locks it until the transaction ends. Nobody else changes it
     * meanwhile, where the database has row locks. A holder without an enrolment is not locked.
     *
     * @param holder the holder
     * @return the registration; unregistered for an unknown holder
     * @throws WatchwordException if the store fails
     */
    public Registration lockedRegistration(Holder holder) {
        return Registration.of(engine.lock(holder), context.now());
    }

    /**
     * Returns the operations of an operator in this transaction.
     *
     * @param operator the operator; recorded with every operation
     * @return the operator's desk
     */
    public DeskInTransaction desk(Operator operator) {
        return new DeskInTransaction(context, engine, requireNonNull(operator, "operator"));
    }

    /**
     * Issues a software token.
     *
     * @param holder a holder without a token and without an order
     * @param request the same entries as in {@link Proofs#forSoftwareIssue}
     * @param proof the proof
     * @return the issued token, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Issued> issueSoftware(Holder holder, SoftwareRequest request, HolderProof proof) {
        Set<Field> malformed = malformed(request);
        return malformed.isEmpty()
                ? issue(holder, new Issue(request.requireMailAddress()), Proofs.ISSUE_SOFTWARE, request, proof)
                : outcomes.malformed(malformed);
    }

    /**
     * Issues the successor of a software token that expires soon. The old token works until its successor is activated.
     *
     * @param holder a holder with an active software token
     * @param request the same entries as in {@link Proofs#forSoftwareRenewal}
     * @param proof the proof
     * @return the issued token, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Issued> renewSoftware(Holder holder, SoftwareRequest request, HolderProof proof) {
        Set<Field> malformed = malformed(request);
        return malformed.isEmpty()
                ? issue(holder, new RenewSoftware(request.requireMailAddress()), Proofs.RENEW_SOFTWARE, request, proof)
                : outcomes.malformed(malformed);
    }

    private Set<Field> malformed(SoftwareRequest request) {
        return request.malformedFields(context.policy().software().generatedPassword());
    }

    private Outcome<Issued> issue(
            Holder holder, Provable operation, String name, SoftwareRequest request, HolderProof proof) {
        try (NewToken token = new NewToken(context, context.sealer(), context.hasher(), holder, request.password())) {
            Decision decision = use(
                    holder,
                    operation,
                    Entries.of(name, request),
                    proof,
                    () -> new NewValues(context.numbers().userId(), token.draw()));
            return outcomes.of(decision, token::issued, Set.of());
        }
    }

    /**
     * Orders a hardware token.
     *
     * @param holder a holder without a token and without an order
     * @param proof the proof of {@link Proofs#forHardwareOrder}
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> orderHardware(Holder holder, HolderProof proof) {
        return outcomes.of(use(
                holder,
                new PlaceOrder(),
                Entries.of(Proofs.ORDER_HARDWARE),
                proof,
                () -> new NewValues(context.numbers().userId(), null)));
    }

    /**
     * Orders the successor of a hardware token that expires soon. The old token works until its successor is activated.
     *
     * @param holder a holder with an active hardware token
     * @param proof the proof of {@link Proofs#forHardwareRenewal}
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> renewHardware(Holder holder, HolderProof proof) {
        return use(holder, new RenewHardware(), Proofs.RENEW_HARDWARE, proof);
    }

    /**
     * Activates the pending token whose code the holder proved. A successor ends the old token.
     *
     * @param holder a holder with a pending token
     * @param proof the proof of {@link Proofs#forSoftwareActivation} or {@link Proofs#forHardwareActivation}
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> activate(Holder holder, HolderProof proof) {
        return use(holder, new Activate(null, false), Proofs.ACTIVATE, proof);
    }

    /**
     * Cancels the pending token or order for its holder. A token in use stays.
     *
     * @param holder the holder
     * @param proof the proof of {@link Proofs#forCancellation}
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> cancel(Holder holder, HolderProof proof) {
        return use(holder, new Cancel(), Proofs.CANCEL, proof);
    }

    /**
     * Revokes an active token for its holder and cancels a pending successor. The secret is deleted.
     *
     * @param holder the holder
     * @param proof the proof of {@link Proofs#forRevocation}
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> revoke(Holder holder, HolderProof proof) {
        return use(holder, new Revoke(), Proofs.REVOKE, proof);
    }

    /**
     * Records that the pending token or order is overdue, so that its secret is deleted.
     *
     * @param holder the holder
     * @return the registration, or refused if nothing is overdue
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> lapse(Holder holder) {
        return outcomes.of(engine.change(holder, new Lapse()));
    }

    private Outcome<Registration> use(Holder holder, Provable operation, String name, HolderProof proof) {
        return outcomes.of(use(holder, operation, Entries.of(name), proof, () -> NewValues.NONE));
    }

    private Decision use(
            Holder holder, Provable operation, Entries entries, HolderProof proof, Supplier<NewValues> values) {
        String hash = proof.hash(context.serviceId(), holder, entries);
        return engine.change(holder, new UseProof(operation), (before, now) -> {
                    OpenProof open = requireNonNull(before.proof(), "proof");
                    return ProofHasher.same(open.hash(), hash)
                            ? new UseProof.Given(Proof.RIGHT, values.get())
                            : new UseProof.Given(Proof.WRONG, null);
                })
                .decision();
    }
}
