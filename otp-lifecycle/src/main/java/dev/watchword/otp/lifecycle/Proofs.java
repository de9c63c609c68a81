package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.HolderProof.Entries;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.engine.OutcomeMapper;
import dev.watchword.otp.lifecycle.internal.machine.Activate;
import dev.watchword.otp.lifecycle.internal.machine.Cancel;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.Entered;
import dev.watchword.otp.lifecycle.internal.machine.Issue;
import dev.watchword.otp.lifecycle.internal.machine.PlaceOrder;
import dev.watchword.otp.lifecycle.internal.machine.Provable;
import dev.watchword.otp.lifecycle.internal.machine.Prove;
import dev.watchword.otp.lifecycle.internal.machine.RenewHardware;
import dev.watchword.otp.lifecycle.internal.machine.RenewSoftware;
import dev.watchword.otp.lifecycle.internal.machine.Revoke;
import dev.watchword.otp.lifecycle.internal.machine.TokenAction;
import dev.watchword.otp.lifecycle.internal.sealing.PasswordHasher;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proofs that a holder confirms an operation, for operations in a transaction of the application (R15.2). Obtain it from
 * {@link Institution#proofs}. Thread-safe.
 *
 * <p>A proof is made before the transaction begins, in a separate commit. The method verifies every factor as the operation of
 * {@link TokenService} with the same name does: it refuses and charges the same. If all are right, it consumes them, spends the code,
 * and stores one open proof. A later rollback of the application therefore never gives back a guess or a code.
 *
 * <p>The operation in {@link TokensInTransaction} then takes the proof and clears it. A proof is good for one committed transaction.
 * After a rollback it can be used again until it expires. It ends early if the holder makes another proof, if the token or the
 * order that it is about ends, or if an operator suspends the token or the holder or raises the floor.
 *
 * <p>A proof is bound to the entries of its request: the operation needs the same mail address and activation password.
 */
public final class Proofs {
    static final String ISSUE_SOFTWARE = "issue-software";
    static final String RENEW_SOFTWARE = "renew-software";
    static final String ORDER_HARDWARE = "order-hardware";
    static final String RENEW_HARDWARE = "renew-hardware";
    static final String ACTIVATE = "activate";
    static final String CANCEL = "cancel";
    static final String REVOKE = "revoke";

    private final Context context;
    private final Engine engine;
    private final CodeVerifier codes;
    private final OutcomeMapper outcomes;
    private final PasswordHasher hasher;

    Proofs(Context context, Engine engine, CodeVerifier codes) {
        this.context = context;
        this.engine = engine;
        this.codes = codes;
        outcomes = new OutcomeMapper(context);
        hasher = context.hasher();
    }

    /**
     * Proves that a holder confirms {@link TokensInTransaction#issueSoftware}.
     *
     * @param holder a holder without a token and without an order
     * @param request the holder's entries
     * @param confirmation the factors with which the holder confirms
     * @return the proof, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Proved> forSoftwareIssue(Holder holder, SoftwareRequest request, Confirmation confirmation) {
        Set<Field> malformed = malformed(request);
        return malformed.isEmpty()
                ? withoutCode(
                        holder,
                        new Issue(request.requireMailAddress()),
                        Entries.of(ISSUE_SOFTWARE, request),
                        confirmation)
                : engine.malformed(TokenAction.ISSUE, malformed);
    }

    /**
     * Proves that a holder confirms {@link TokensInTransaction#renewSoftware}. The code is spent.
     *
     * @param holder a holder with an active software token
     * @param request the holder's entries
     * @param confirmation the factors with which the holder confirms, a code of the old token among them
     * @return the proof, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Proved> forSoftwareRenewal(Holder holder, SoftwareRequest request, Confirmation confirmation) {
        Set<Field> malformed = malformed(request);
        return malformed.isEmpty()
                ? withActiveCode(
                        holder,
                        new RenewSoftware(request.requireMailAddress()),
                        Entries.of(RENEW_SOFTWARE, request),
                        confirmation)
                : engine.malformed(TokenAction.RENEW, malformed);
    }

    private Set<Field> malformed(SoftwareRequest request) {
        return request.malformedFields(context.policy().software().generatedPassword());
    }

    /**
     * Proves that a holder confirms {@link TokensInTransaction#orderHardware}.
     *
     * @param holder a holder without a token and without an order
     * @param confirmation the factors with which the holder confirms
     * @return the proof, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Proved> forHardwareOrder(Holder holder, Confirmation confirmation) {
        return withoutCode(holder, new PlaceOrder(), Entries.of(ORDER_HARDWARE), confirmation);
    }

    /**
     * Proves that a holder confirms {@link TokensInTransaction#renewHardware}. The code is spent.
     *
     * @param holder a holder with an active hardware token
     * @param confirmation the factors with which the holder confirms, a code of the old token among them
     * @return the proof, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Proved> forHardwareRenewal(Holder holder, Confirmation confirmation) {
        return withActiveCode(holder, new RenewHardware(), Entries.of(RENEW_HARDWARE), confirmation);
    }

    /**
     * Proves that a holder confirms {@link TokensInTransaction#activate} for a software token. The code is spent.
     *
     * @param holder a holder with a pending software token
     * @param confirmation the factors with which the holder confirms, the code among them
     * @return the proof, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Proved> forSoftwareActivation(Holder holder, Confirmation confirmation) {
        ActivationCodes entered = ActivationCodes.software(confirmation);
        return activation(holder, entered.command(null), confirmation, entered);
    }

    /**
     * Proves that a holder confirms {@link TokensInTransaction#activate} for a hardware token. The code is spent.
     *
     * @param holder a holder to whom a hardware token was sent
     * @param serial the entered serial number
     * @param confirmation the factors with which the holder confirms, the code among them
     * @return the proof, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Proved> forHardwareActivation(Holder holder, @Nullable String serial, Confirmation confirmation) {
        return hardwareActivation(holder, serial, confirmation, ActivationCodes.hardware(confirmation));
    }

    /**
     * Proves that a holder confirms {@link TokensInTransaction#activate} for a hardware token whose clock or counter is far off, with
     * two consecutive codes. Both are spent.
     *
     * @param holder a holder to whom a hardware token was sent
     * @param serial the entered serial number
     * @param confirmation the factors with which the holder confirms, among them the code that was displayed first
     * @param next the code that was displayed next
     * @return the proof, or refused
     * @throws IllegalStateException if the policy switches resynchronisation off
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Proved> forHardwareActivation(
            Holder holder, @Nullable String serial, Confirmation confirmation, @Nullable String next) {
        return hardwareActivation(
                holder,
                serial,
                confirmation,
                ActivationCodes.hardware(context.policy().codes(), confirmation, next));
    }

    private Outcome<Proved> hardwareActivation(
            Holder holder, @Nullable String serial, Confirmation confirmation, ActivationCodes entered) {
        Optional<SerialNumber> parsed = context.policy().serials().parse(serial);
        return parsed.isEmpty()
                ? engine.malformed(TokenAction.ACTIVATE, Set.of(Field.SERIAL_NUMBER))
                : activation(holder, entered.command(parsed.get()), confirmation, entered);
    }

    /**
     * Proves that a holder confirms {@link TokensInTransaction#cancel}.
     *
     * @param holder a holder with a pending token or order
     * @param confirmation the factors with which the holder confirms
     * @return the proof, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Proved> forCancellation(Holder holder, Confirmation confirmation) {
        return withoutCode(holder, new Cancel(), Entries.of(CANCEL), confirmation);
    }

    /**
     * Proves that a holder confirms {@link TokensInTransaction#revoke}. The code is spent.
     *
     * @param holder a holder with an active token
     * @param confirmation the factors with which the holder confirms, a code among them
     * @return the proof, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Proved> forRevocation(Holder holder, Confirmation confirmation) {
        return withActiveCode(holder, new Revoke(), Entries.of(REVOKE), confirmation);
    }

    /** Evaluates the code of an operation. */
    private interface CodeSource {
        Verification take(Enrolment before, Instant now);
    }

    private Outcome<Proved> withoutCode(Holder holder, Provable request, Entries entries, Confirmation confirmation) {
        return prove(
                holder,
                request,
                entries,
                confirmation,
                confirmation.entered(),
                (before, now) -> Verification.MALFORMED,
                () -> {});
    }

    private Outcome<Proved> withActiveCode(
            Holder holder, Provable request, Entries entries, Confirmation confirmation) {
        String code = confirmation.codeOrEmpty();
        return prove(
                holder,
                request,
                entries,
                confirmation,
                confirmation.entered(),
                (before, now) -> codes.verify(requireNonNull(before.activeToken(), "token in use"), code, now),
                () -> codes.pretend(code));
    }

    private Outcome<Proved> activation(
            Holder holder, Activate request, Confirmation confirmation, ActivationCodes entered) {
        return prove(
                holder,
                request,
                Entries.of(ACTIVATE),
                confirmation,
                entered.entered(),
                (before, now) -> entered.verify(codes, requireNonNull(before.pendingToken(), "pending token"), now),
                () -> entered.pretend(codes));
    }

    /** Computes as many codes for a refusal without evidence as for a wrong code, so that timing does not tell them apart. */
    private Outcome<Proved> prove(
            Holder holder,
            Provable request,
            Entries entries,
            Confirmation confirmation,
            Entered entered,
            CodeSource code,
            Runnable pretend) {
        HolderProof proof = HolderProof.random(context.random());
        ConfirmationVerifier factors =
                new ConfirmationVerifier(hasher, context.policy().confirmation(), request.operation(), confirmation);
        Engine.Result result = engine.change(
                holder,
                new Prove(request, proof.hash(context.serviceId(), holder, entries)),
                entered,
                (before, now) -> factors.verify(before, code.take(before, now)));
        if (!result.tookEvidence()) {
            pretend.run();
        }
        return outcomes.ofProof(result.decision(), request.action(), decision -> proved(decision, proof));
    }

    private Proved proved(Decision decision, HolderProof proof) {
        return Proved.of(
                proof,
                requireNonNull(decision.enrolment().proof(), "proof").expiresAt(),
                outcomes.registration(decision));
    }
}
