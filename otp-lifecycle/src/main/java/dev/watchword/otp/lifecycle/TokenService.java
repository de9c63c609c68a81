package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.internal.Once;
import dev.watchword.otp.lifecycle.internal.RandomText;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.engine.OutcomeMapper;
import dev.watchword.otp.lifecycle.internal.machine.Activate;
import dev.watchword.otp.lifecycle.internal.machine.Cancel;
import dev.watchword.otp.lifecycle.internal.machine.Command;
import dev.watchword.otp.lifecycle.internal.machine.CreateRecoveryCodes;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.Entered;
import dev.watchword.otp.lifecycle.internal.machine.Evidence;
import dev.watchword.otp.lifecycle.internal.machine.Issue;
import dev.watchword.otp.lifecycle.internal.machine.Lapse;
import dev.watchword.otp.lifecycle.internal.machine.MakeMailCode;
import dev.watchword.otp.lifecycle.internal.machine.PlaceOrder;
import dev.watchword.otp.lifecycle.internal.machine.RefuseSignature;
import dev.watchword.otp.lifecycle.internal.machine.RenewHardware;
import dev.watchword.otp.lifecycle.internal.machine.RenewSoftware;
import dev.watchword.otp.lifecycle.internal.machine.Resynchronise;
import dev.watchword.otp.lifecycle.internal.machine.Revoke;
import dev.watchword.otp.lifecycle.internal.machine.SetPassword;
import dev.watchword.otp.lifecycle.internal.machine.TokenAction;
import dev.watchword.otp.lifecycle.internal.machine.Verify;
import dev.watchword.otp.lifecycle.internal.sealing.HashedSecrets;
import dev.watchword.otp.lifecycle.internal.sealing.PasswordHasher;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SecretText;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.policy.PasswordKeeper;
import dev.watchword.otp.lifecycle.spi.DeviceStore;
import dev.watchword.otp.signing.TransactionDetails;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operations of an institution's holders. Obtain it from {@link Institution#tokens}. Thread-safe.
 *
 * <p>Every operation reads the holder's enrolment, decides, and commits the change with its events in one atomic step. If another
 * thread, process or node was faster, the operation decides again. A code is therefore accepted once and a wrong one is counted
 * once, wherever they are submitted.
 *
 * <p>An expected refusal is a {@link Refused} outcome. A {@link WatchwordException} means that the infrastructure failed: refuse
 * the request, because nothing is known about the code.
 *
 * <p>Texts that a person typed may be {@code null} or malformed:
 *
 * <ul>
 *   <li>A user ID, a serial number, a mail address or a new password is refused as {@link Refusal#MALFORMED} before anything is
 *       read. The refusal names the fields.
 *   <li>A code of another form than the token's is refused as {@link Refusal#MALFORMED} with {@link Field#CODE}, and is not
 *       charged.
 *   <li>A confirmation password or a mail code of another form is a wrong one, and is charged. If it is missing, the refusal is
 *       {@link Refusal#FACTOR_MISSING}, and nothing is charged.
 * </ul>
 */
public final class TokenService {
    private static final Set<Field> CODE = Set.of(Field.CODE);

    private final Context context;
    private final Engine engine;
    private final CodeVerifier codes;
    private final OutcomeMapper outcomes;
    private final PasswordHasher hasher;
    private final SecretSealer sealer;
    private final Provisioner provisioner;
    private final Signatures signatures;

    TokenService(Context context, Engine engine, CodeVerifier codes) {
        this(context, engine, codes, new OutcomeMapper(context), context.hasher(), context.sealer());
    }

    private TokenService(
            Context context,
            Engine engine,
            CodeVerifier codes,
            OutcomeMapper outcomes,
            PasswordHasher hasher,
            SecretSealer sealer) {
        this.context = context;
        this.engine = engine;
        this.codes = codes;
        this.outcomes = outcomes;
        this.hasher = hasher;
        this.sealer = sealer;
        provisioner = new Provisioner(context, engine, hasher);
        signatures = new Signatures(context, engine, codes, outcomes);
    }

    /** Returns this service with another engine. */
    TokenService with(Engine other) {
        return new TokenService(context, other, codes, outcomes, hasher, sealer);
    }

    /**
     * Returns the registration of a holder.
     *
     * @param holder the holder
     * @return the registration; unregistered for an unknown holder
     * @throws WatchwordException if the store fails
     */
    public Registration registration(Holder holder) {
        return Registration.of(engine.read(holder), context.now());
    }

    /**
     * Returns the mail address of a holder. Mail that an event asks for goes there; no event holds the address.
     *
     * @param holder the holder
     * @return the address of the last issue, or empty
     * @throws WatchwordException if the store fails
     */
    public Optional<MailAddress> mailAddress(Holder holder) {
        return Optional.ofNullable(engine.read(holder).mailAddress());
    }

    /**
     * Sets a holder's confirmation password and resets its failure counter. Authenticate the holder before.
     *
     * @param holder the holder
     * @param password the entered password, 6 to 12 ASCII letters or digits
     * @return the registration, or refused as malformed
     * @throws IllegalStateException if the policy leaves the confirmation passwords to the application
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> setConfirmationPassword(Holder holder, @Nullable String password) {
        if (context.policy().confirmation().passwordKeeper() != PasswordKeeper.LIBRARY) {
            throw new IllegalStateException("The application keeps the confirmation passwords by this policy");
        }
        if (password == null || !ConfirmationVerifier.isPassword(password)) {
            return engine.malformed(TokenAction.SET_PASSWORD, Set.of(Field.CONFIRMATION_PASSWORD));
        }
        Once<SealedSecret> hash = new Once<>(() -> hasher.hash(holder, HashedSecrets.CONFIRMATION_PASSWORD, password));
        return outcomes.of(engine.change(holder, new SetPassword(), (before, now) -> hash.get())
                .decision());
    }

    /**
     * Creates a mail code that confirms one request. It replaces an earlier one and is accepted once. Limit how often a holder
     * can request one.
     *
     * @param holder the holder
     * @param operation the operation that the code confirms
     * @param mailAddress the entered address to mail it to; the issue of a software token accepts the code for this address only
     * @return the code to mail; refused as malformed, or as locked after too many wrong mail codes
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<CreatedMailCode> createMailCode(Holder holder, Operation operation, @Nullable String mailAddress) {
        requireNonNull(operation, "operation");
        Optional<MailAddress> destination = MailAddress.parse(mailAddress);
        if (destination.isEmpty()) {
            return engine.malformed(TokenAction.MAKE_MAIL_CODE, Set.of(Field.MAIL_ADDRESS));
        }
        String code = RandomText.digits(context.random());
        Once<SealedSecret> hash = new Once<>(() -> hasher.hash(holder, HashedSecrets.MAIL_CODE, code));
        MakeMailCode command = new MakeMailCode(operation, destination.get());
        Decision decision =
                engine.change(holder, command, (before, now) -> hash.get()).decision();
        return outcomes.of(decision, made -> created(made, code), Set.of());
    }

    private static CreatedMailCode created(Decision decision, String code) {
        MailCode made = requireNonNull(decision.enrolment().credentials().mailCode());
        return CreatedMailCode.of(
                SecretText.of(code), made.operation(), made.destination(), made.sentAt(), made.expiresAt());
    }

    /**
     * Issues a software token. Afterwards its app is {@linkplain #provision provisioned}, and the token is activated.
     *
     * @param holder a holder without a token and without an order
     * @param request the holder's entries
     * @param confirmation the factors with which the holder confirms
     * @return the issued token, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Issued> issueSoftware(Holder holder, SoftwareRequest request, Confirmation confirmation) {
        Set<Field> malformed = malformed(request);
        if (!malformed.isEmpty()) {
            return engine.malformed(TokenAction.ISSUE, malformed);
        }
        ConfirmationVerifier factors = factors(Operation.ISSUE, confirmation);
        try (NewToken token = newToken(holder, request)) {
            Decision decision = engine.change(
                            holder,
                            new Issue(request.requireMailAddress()),
                            confirmation.entered(),
                            (before, now) ->
                                    new Issue.Given(context.numbers().userId(), token.draw(), factors.verify(before)))
                    .decision();
            return outcomes.of(decision, token::issued, Set.of());
        }
    }

    /**
     * Issues the successor of a software token that expires soon. The old token works until its successor is activated.
     *
     * @param holder a holder with an active software token
     * @param request the holder's entries
     * @param confirmation the factors with which the holder confirms, a code of the old token among them
     * @return the issued token, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Issued> renewSoftware(Holder holder, SoftwareRequest request, Confirmation confirmation) {
        Set<Field> malformed = malformed(request);
        if (!malformed.isEmpty()) {
            return engine.malformed(TokenAction.RENEW, malformed);
        }
        ConfirmationVerifier factors = factors(Operation.RENEW, confirmation);
        String code = confirmation.codeOrEmpty();
        try (NewToken token = newToken(holder, request)) {
            Decision decision = withCode(
                    holder,
                    new RenewSoftware(request.requireMailAddress()),
                    confirmation.entered(),
                    () -> codes.pretend(code),
                    (before, now) -> new RenewSoftware.Given(
                            token.draw(), factors.verify(before, codes.verify(active(before), code, now))));
            return outcomes.of(decision, token::issued, CODE);
        }
    }

    private Set<Field> malformed(SoftwareRequest request) {
        return request.malformedFields(context.policy().software().generatedPassword());
    }

    private NewToken newToken(Holder holder, SoftwareRequest request) {
        return new NewToken(context, sealer, hasher, holder, request.password());
    }

    /**
     * Orders a hardware token. An operator then {@linkplain OperatorDesk#assign assigns} and {@linkplain OperatorDesk#send sends}
     * one.
     *
     * @param holder a holder without a token and without an order
     * @param confirmation the factors with which the holder confirms
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> orderHardware(Holder holder, Confirmation confirmation) {
        ConfirmationVerifier factors = factors(Operation.ORDER, confirmation);
        return outcomes.of(engine.change(
                        holder,
                        new PlaceOrder(),
                        confirmation.entered(),
                        (before, now) -> new PlaceOrder.Given(context.numbers().userId(), factors.verify(before)))
                .decision());
    }

    /**
     * Orders the successor of a hardware token that expires soon. The old token works until its successor is activated.
     *
     * @param holder a holder with an active hardware token
     * @param confirmation the factors with which the holder confirms, a code of the old token among them
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> renewHardware(Holder holder, Confirmation confirmation) {
        return withActiveCode(holder, new RenewHardware(), Operation.RENEW, confirmation);
    }

    /**
     * Provisions an app: encrypts its secret for its device, once, and within the grace time again for the same device. The
     * sender of the request is unknown, so return only {@link Outcome#answer} to it.
     *
     * @param userId the user ID that was entered into the app
     * @param activationPassword the activation password that was entered into the app, 4 to 64 characters; another text is
     *     malformed for every user ID
     * @param device the public key of the device
     * @return the answer for the device, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Provisioned> provision(
            @Nullable String userId, @Nullable String activationPassword, DevicePublicKey device) {
        requireNonNull(device, "device");
        Optional<UserId> parsed = UserId.parse(userId);
        Set<Field> malformed = EnumSet.noneOf(Field.class);
        if (parsed.isEmpty()) {
            malformed.add(Field.USER_ID);
        }
        if (!Provisioner.isPassword(activationPassword)) {
            malformed.add(Field.ACTIVATION_PASSWORD);
        }
        return malformed.isEmpty()
                ? provisioner.provision(parsed.get(), requireNonNull(activationPassword), device)
                : engine.malformed(TokenAction.PROVISION, malformed);
    }

    /**
     * Activates a software token with a code that its app displays. The code is spent.
     *
     * @param holder a holder with a pending software token
     * @param confirmation the factors with which the holder confirms, the code among them
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> activateSoftware(Holder holder, Confirmation confirmation) {
        ActivationCodes entered = ActivationCodes.software(confirmation);
        return activate(holder, entered.command(null), confirmation, entered);
    }

    /**
     * Activates a hardware token with the serial number on its back and a code that it displays. The code is spent. A successor
     * ends the old token. The code is searched in the activation window of the policy.
     *
     * @param holder a holder to whom a hardware token was sent
     * @param serial the entered serial number
     * @param confirmation the factors with which the holder confirms, the code among them
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> activateHardware(Holder holder, @Nullable String serial, Confirmation confirmation) {
        return activateHardware(holder, serial, confirmation, ActivationCodes.hardware(confirmation));
    }

    /**
     * Activates a hardware token whose clock or counter is far off, such as a token that was stored for years, with two
     * consecutive codes (R5.3). They are searched in the range of a {@linkplain #resynchronise resynchronisation}, and the found
     * drift is recorded. Both are spent. Two wrong codes are charged once. Consecutive codes of which one is spent are replayed,
     * and charge nothing.
     *
     * @param holder a holder to whom a hardware token was sent
     * @param serial the entered serial number
     * @param confirmation the factors with which the holder confirms, among them the code that was displayed first
     * @param next the code that was displayed next
     * @return the registration, or refused
     * @throws IllegalStateException if the policy switches resynchronisation off
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> activateHardware(
            Holder holder, @Nullable String serial, Confirmation confirmation, @Nullable String next) {
        return activateHardware(
                holder,
                serial,
                confirmation,
                ActivationCodes.hardware(context.policy().codes(), confirmation, next));
    }

    private Outcome<Registration> activateHardware(
            Holder holder, @Nullable String serial, Confirmation confirmation, ActivationCodes entered) {
        Optional<SerialNumber> parsed = context.policy().serials().parse(serial);
        return parsed.isEmpty()
                ? engine.malformed(TokenAction.ACTIVATE, Set.of(Field.SERIAL_NUMBER))
                : activate(holder, entered.command(parsed.get()), confirmation, entered);
    }

    private Outcome<Registration> activate(
            Holder holder, Activate command, Confirmation confirmation, ActivationCodes entered) {
        ConfirmationVerifier factors = factors(Operation.ACTIVATE, confirmation);
        Decision decision =
                withCode(holder, command, entered.entered(), () -> entered.pretend(codes), (before, now) -> {
                    Token token = requireNonNull(before.pendingToken(), "pending token");
                    return factors.verify(before, entered.verify(codes, token, now));
                });
        return outcomes.ofActivation(decision, CODE);
    }

    /**
     * Verifies a code of an active token. An accepted code is spent for all purposes. A wrong one is charged.
     *
     * @param holder the holder; authenticate the first factor before, so that nobody can lock out another holder
     * @param code the entered code
     * @param purpose the purpose for which the code was requested
     * @return the registration, or refused
     * @throws IllegalArgumentException if the purpose is {@linkplain Purpose#isReserved reserved}
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> verify(Holder holder, @Nullable String code, Purpose purpose) {
        requireNotReserved(purpose);
        String entered = code == null ? "" : code;
        Decision decision = withCode(
                holder,
                new Verify(purpose),
                Entered.code(Confirmation.digits(entered)),
                () -> codes.pretend(entered),
                (before, now) -> codes.verify(active(before), entered, now));
        return outcomes.of(decision, CODE);
    }

    /**
     * Creates a request that the holder confirms with the token (R13.2). The store holds a digest of the details, but not the
     * details. Show the holder the details and the contents of the result.
     *
     * @param holder a holder with an active token
     * @param purpose the purpose that the token signs and the events record, such as {@link Purpose#FUNDS_TRANSFER}
     * @param details the details that are executed after the confirmation, such as the payee's account, the amount and the
     *     currency
     * @return the request, or refused; malformed if the details lack the detail that the policy lets the holder type
     * @throws IllegalArgumentException if the purpose is {@linkplain Purpose#isReserved reserved}
     * @throws UnsupportedOperationException if apps sign by the policy, but the store has no {@link DeviceStore}
     * @throws WatchwordException if the infrastructure fails. No request was made, except after an {@link
     *     UnknownOutcomeException}
     */
    public Outcome<RequestedSignature> requestSignature(Holder holder, Purpose purpose, TransactionDetails details) {
        requireNotReserved(purpose);
        return signatures.request(holder, purpose, requireNonNull(details, "details"));
    }

    /**
     * Confirms a transaction with the token's response to a signing request. Read the details from the record that the execution
     * uses. They MUST be the details of the request, in the same order. A request is confirmed only once. After the confirmation,
     * execute the transaction once, with the request's ID as its idempotency key. A wrong response is charged to the token.
     * After the refusal {@link Refusal#OTHER_DETAILS} the request stays open: {@linkplain OperatorDesk#withdrawRequest withdraw} it.
     *
     * @param holder the holder
     * @param id the request
     * @param details the details that are about to be executed
     * @param response the response that the holder typed or the app sent. For {@link SigningMethod#PLAIN_CODE} it is a code of
     *     the token, which is spent
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> confirm(
            Holder holder, RequestId id, TransactionDetails details, @Nullable String response) {
        requireNonNull(id, "id");
        requireNonNull(details, "details");
        return signatures.confirm(holder, id, details, response == null ? "" : response);
    }

    /**
     * Closes a signing request that the holder refuses. Nothing is charged or suspended (R13.4). The institution closes a request
     * with {@link OperatorDesk#withdrawRequest}.
     *
     * @param holder the holder
     * @param id the request
     * @return the registration, or refused if the request is not open
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> refuse(Holder holder, RequestId id) {
        return outcomes.of(engine.change(holder, new RefuseSignature(requireNonNull(id, "id"))));
    }

    private static void requireNotReserved(Purpose purpose) {
        if (purpose.isReserved()) {
            throw new IllegalArgumentException("purpose must not be " + purpose + ", which has a method of its own");
        }
    }

    /**
     * Resynchronises a token whose clock or counter is far off (RFC 4226 §7.4), with two consecutive codes. Both are spent. Two
     * wrong codes are charged once. Consecutive codes of which one is spent are replayed, and charge nothing (R1.4).
     *
     * @param holder a holder with an active token
     * @param first the code that was displayed first
     * @param second the next code
     * @return the registration, or refused
     * @throws IllegalStateException if the policy switches resynchronisation off
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> resynchronise(Holder holder, @Nullable String first, @Nullable String second) {
        ActivationCodes.requireResynchronisation(context.policy().codes());
        String one = first == null ? "" : first;
        String two = second == null ? "" : second;
        Decision decision = withCode(
                holder,
                new Resynchronise(),
                Entered.code(ActivationCodes.digitsOfEach(one, two)),
                () -> codes.pretendConsecutive(one, two),
                (before, now) -> codes.verifyConsecutive(active(before), one, two, now));
        return outcomes.of(decision, CODE);
    }

    /**
     * Cancels the pending token or order for its holder. A token in use remains in use.
     *
     * @param holder the holder
     * @param confirmation the factors with which the holder confirms
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> cancel(Holder holder, Confirmation confirmation) {
        ConfirmationVerifier factors = factors(Operation.CANCEL, confirmation);
        return outcomes.of(
                engine.change(holder, new Cancel(), confirmation.entered(), (before, now) -> factors.verify(before))
                        .decision());
    }

    /**
     * Revokes an active token for its holder and cancels a pending successor. The code is spent, and the secret is deleted.
     *
     * @param holder the holder
     * @param confirmation the factors with which the holder confirms, a code among them
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> revoke(Holder holder, Confirmation confirmation) {
        return withActiveCode(holder, new Revoke(), Operation.REVOKE, confirmation);
    }

    /**
     * Records that the pending token or order is overdue, so that its secret is deleted. An overdue one is refused at its time
     * whether this method is called or not.
     *
     * @param holder the holder
     * @return the registration, or refused if nothing is overdue
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> lapse(Holder holder) {
        return outcomes.of(engine.change(holder, new Lapse()));
    }

    /**
     * Uses an emergency code that an operator {@linkplain OperatorDesk#issueEmergencyCodes issued}, for a login without the token
     * (R14.1). The code is accepted once, also while the token is suspended or expired. It neither charges nor resumes the token.
     * A wrong code is charged to the emergency codes.
     *
     * @param holder the holder; authenticate the first factor before
     * @param code the entered code; lower case and spaces are accepted; a text of another form is malformed and is not charged
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> useEmergencyCode(Holder holder, @Nullable String code) {
        return new BackupCodeVerifier(context, engine).emergency(holder, code);
    }

    /**
     * Creates recovery codes (R14.2). They replace earlier recovery codes. The code of the token is spent. Show the recovery
     * codes once, so that the holder can print or write them down. The store has only their hashes.
     *
     * @param holder a holder with an active token
     * @param confirmation the factors with which the holder confirms, a code of the token among them
     * @return the recovery codes, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<RecoveryCodes> createRecoveryCodes(Holder holder, Confirmation confirmation) {
        ConfirmationVerifier factors = factors(Operation.RECOVERY_CODES, confirmation);
        DrawnCodes drawn = DrawnCodes.recovery(context, holder);
        String code = confirmation.codeOrEmpty();
        Decision decision = withCode(
                holder, new CreateRecoveryCodes(), confirmation.entered(), () -> codes.pretend(code), (before, now) -> {
                    Evidence evidence = factors.verify(before, codes.verify(active(before), code, now));
                    return new CreateRecoveryCodes.Given(evidence, factors.isRight(evidence) ? drawn.hashed() : null);
                });
        return outcomes.of(decision, made -> RecoveryCodes.of(drawn.printed(), outcomes.registration(made)), CODE);
    }

    /**
     * Uses a recovery code that the holder {@linkplain #createRecoveryCodes created}, for a login without the token (R14.2). The
     * code is accepted once, also while the token is suspended or expired. It neither charges nor resumes the token. A wrong code
     * is charged to the recovery codes.
     *
     * @param holder the holder; authenticate the first factor before
     * @param code the entered code; lower case and spaces are accepted; a text of another form is malformed and is not charged
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> useRecoveryCode(Holder holder, @Nullable String code) {
        return new BackupCodeVerifier(context, engine).recovery(holder, code);
    }

    private ConfirmationVerifier factors(Operation operation, Confirmation confirmation) {
        return new ConfirmationVerifier(hasher, context.policy().confirmation(), operation, confirmation);
    }

    private static Token active(Enrolment before) {
        return requireNonNull(before.activeToken(), "token in use");
    }

    /** Carries out a command that is confirmed with a code of the token in use. */
    private Outcome<Registration> withActiveCode(
            Holder holder, Command<Evidence> command, Operation operation, Confirmation confirmation) {
        ConfirmationVerifier factors = factors(operation, confirmation);
        String code = confirmation.codeOrEmpty();
        Decision decision = withCode(
                holder,
                command,
                confirmation.entered(),
                () -> codes.pretend(code),
                (before, now) -> factors.verify(before, codes.verify(active(before), code, now)));
        return outcomes.of(decision, CODE);
    }

    /** Computes as many codes for a refusal without evidence as for a wrong code, so that timing does not distinguish them. */
    private <E> Decision withCode(
            Holder holder, Command<E> command, Entered entered, Runnable pretend, Engine.EvidenceSource<E> source) {
        Engine.Result result = engine.change(holder, command, entered, source);
        if (!result.tookEvidence()) {
            pretend.run();
        }
        return result.decision();
    }
}
