package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Verification;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one institution: what an application calls for their holders. What operators do is on their
 * {@linkplain #desk desk}.
 *
 * <p>Every operation reads the holder's enrolment, decides, and commits the change with its events in one atomic step; if
 * another thread, process or node was faster, it decides again. So a code is accepted once and a wrong one counts once,
 * wherever they are submitted. Expected refusals are {@linkplain Refused values}. A {@link WatchwordException} means that
 * the infrastructure failed: the request is to be refused, and nothing is known about the code.
 *
 * <p>Safe for use by several threads. It starts none, and keeps nothing between calls.
 */
public final class TokenService {
    private final ServiceId serviceId;
    private final TokenStore store;
    private final TokenPolicy policy;
    private final SecureRandom random;
    private final NumberSource numbers;
    private final SecretSealer sealer;
    private final PasswordHasher hasher;
    private final CodeReader codes;
    private final Enrolments enrolments;
    private final Outcomes outcomes;
    private final Provisioner provisioner;

    private TokenService(TokenServiceBuilder builder) {
        serviceId = builder.serviceId;
        store = builder.store;
        policy = builder.policy;
        random = builder.random;
        numbers = builder.numbers == null ? NumberSource.random(random) : builder.numbers;
        sealer = new SecretSealer(builder.keys, serviceId, random);
        hasher = new PasswordHasher(sealer, policy.hashing(), random);
        codes = new CodeReader(sealer, policy.codes(), random, builder.codesTried);
        enrolments = new Enrolments(
                serviceId,
                store,
                new HistoryChain(builder.keys, serviceId),
                builder.machine.apply(policy),
                builder.clock,
                random,
                builder.listener);
        outcomes = new Outcomes(policy, enrolments);
        provisioner = new Provisioner(builder.institution, enrolments, outcomes, sealer, hasher, random);
    }

    private TokenService(TokenService same, TokenStore other) {
        serviceId = same.serviceId;
        store = requireNonNull(other, "store");
        policy = same.policy;
        random = same.random;
        numbers = same.numbers;
        sealer = same.sealer;
        hasher = same.hasher;
        codes = same.codes;
        enrolments = same.enrolments.on(other);
        outcomes = new Outcomes(policy, enrolments);
        provisioner = same.provisioner.on(enrolments, outcomes);
    }

    static TokenService of(TokenServiceBuilder builder) {
        return new TokenService(builder);
    }

    /**
     * Begins to build the service of an institution.
     *
     * @param serviceId the institution
     * @param store where its tokens are kept
     * @param keys where the keys come from that seal their secrets
     * @param clock the time
     * @return a builder with a bank's policy
     */
    public static TokenServiceBuilder builder(ServiceId serviceId, TokenStore store, KeySource keys, Clock clock) {
        return new TokenServiceBuilder(serviceId, store, keys, clock);
    }

    /**
     * Returns the same service on another view of its store, such as one that takes part in a transaction of the application.
     * It costs next to nothing, so there can be one for each request.
     *
     * @param other the view of the store
     * @return the service, which does there what this one does in the store that it was built with
     */
    public TokenService on(TokenStore other) {
        return new TokenService(this, other);
    }

    /**
     * Returns what an operator of the institution can do.
     *
     * @param operator who does it; recorded with all that is done
     * @return the operator's desk
     */
    public OperatorDesk desk(Operator operator) {
        return new OperatorDesk(operator, serviceId, store, enrolments, outcomes);
    }

    /**
     * Returns what takes over tokens that are in use in another system.
     *
     * @param operator who does it; recorded with each of them
     * @return the migration
     */
    public Migration migration(Operator operator) {
        return new Migration(operator, policy.codes(), serviceId, store, enrolments, outcomes, sealer, numbers);
    }

    /**
     * Returns how a holder stands.
     *
     * @param holder the holder
     * @return the registration; unregistered for a holder of whom nothing is known
     * @throws StorageException if the store fails
     */
    public Registration registration(Holder holder) {
        return Registration.of(enrolments.read(holder), enrolments.now());
    }

    /**
     * Returns where a holder is written to about tokens. It is in no event: mail that an event asks for goes here.
     *
     * @param holder the holder
     * @return the address of the last issue, or empty if there is none
     * @throws StorageException if the store fails
     */
    public Optional<MailAddress> mailAddress(Holder holder) {
        return Optional.ofNullable(enrolments.read(holder).mailAddress());
    }

    /**
     * Sets a holder's confirmation password. Authenticate the holder before. If it was locked, it is no more.
     *
     * @param holder the holder
     * @param password what was entered; 6 to 12 ASCII letters or digits are accepted
     * @return accepted, or refused as malformed
     * @throws IllegalStateException if by the policy the application keeps the confirmation passwords
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome setConfirmationPassword(Holder holder, String password) {
        if (policy.confirmation().passwordKeeper() != PasswordKeeper.LIBRARY) {
            throw new IllegalStateException("By the policy the application keeps the confirmation passwords");
        }
        if (!FactorReader.isPassword(password)) {
            return outcomes.of(Decision.refuse(enrolments.read(holder), Refusal.MALFORMED, null));
        }
        SealedSecret hash = hasher.hash(holder, FactorReader.PASSWORD, password);
        return outcomes.of(
                enrolments.change(holder, TokenAction.SET_PASSWORD, (before, now) -> new Command.SetPassword(hash)));
    }

    /**
     * Makes a mail code that confirms one request. It takes the place of an earlier one, and is good once. Limit how often
     * a holder can ask for it.
     *
     * @param holder the holder
     * @param operation what it is to confirm
     * @param mailAddress where it is to be mailed, whatever it is; issuing a software token takes it for this address only
     * @return made, with the code to mail; refused, if too many wrong ones were entered; or an invalid address
     * @throws WatchwordException if the infrastructure fails
     */
    public MailCodeOutcome makeMailCode(Holder holder, Operation operation, String mailAddress) {
        requireNonNull(operation, "operation");
        if (!MailAddress.isMailAddress(mailAddress)) {
            return new InvalidFields(Set.of(InvalidFields.Field.MAIL_ADDRESS));
        }
        MailAddress destination = new MailAddress(mailAddress);
        String code = RandomText.digits(random);
        SealedSecret hash = hasher.hash(holder, FactorReader.MAIL_CODE, code);
        Decision decision = enrolments.change(holder, TokenAction.MAKE_MAIL_CODE, (before, now) -> {
            Instant expiresAt = now.plus(policy.confirmation().mailCodeLifetime());
            return new Command.MakeMailCode(new MailCode(hash, operation, destination, now, expiresAt));
        });
        if (decision.refusal() != null) {
            return outcomes.refused(decision);
        }
        MailCode made = requireNonNull(decision.enrolment().factors().mailCode());
        return new MailCodeMade(code, operation, destination, made.sentAt(), made.expiresAt());
    }

    /**
     * Issues a software token. Its app is then {@linkplain #provision provisioned}, and the token activated.
     *
     * @param holder a holder without a token and without an order
     * @param request what the holder entered
     * @param confirmation with what the holder confirms it
     * @return issued, refused, or all the fields that are invalid
     * @throws WatchwordException if the infrastructure fails
     */
    public IssueOutcome issueSoftware(Holder holder, SoftwareRequest request, Confirmation confirmation) {
        FactorReader factors = factors(confirmation);
        return issue(
                holder,
                request,
                TokenAction.ISSUE,
                (before, now, serial, secret, password) -> new Command.Issue(
                        numbers.userId(),
                        serial,
                        secret,
                        password,
                        new MailAddress(request.mailAddress()),
                        factors.read(before, Verification.MALFORMED)));
    }

    /**
     * Issues the successor of a software token that is about to expire. The old one works until its successor is activated.
     *
     * @param holder a holder with an active software token
     * @param request what the holder entered
     * @param confirmation with what the holder confirms it, a code of the old token among it
     * @return issued, refused, or all the fields that are invalid
     * @throws WatchwordException if the infrastructure fails
     */
    public IssueOutcome renewSoftware(Holder holder, SoftwareRequest request, Confirmation confirmation) {
        FactorReader factors = factors(confirmation);
        return issue(
                holder,
                request,
                TokenAction.RENEW,
                (before, now, serial, secret, password) -> new Command.RenewSoftware(
                        serial,
                        secret,
                        password,
                        new MailAddress(request.mailAddress()),
                        evidence(factors, confirmation, before, now)));
    }

    private interface IssueCommand {
        Command of(Enrolment before, Instant now, SerialNumber serial, SealedSecret secret, SealedSecret password);
    }

    private IssueOutcome issue(Holder holder, SoftwareRequest request, TokenAction action, IssueCommand command) {
        boolean generated = policy.software().generatedPassword();
        Set<InvalidFields.Field> invalid = request.invalidFields(generated);
        if (!invalid.isEmpty()) {
            return new InvalidFields(invalid);
        }
        String password = generated ? RandomText.bindingCode(random) : requireNonNull(request.password());
        Once<SealedSecret> hash = new Once<>(() -> hasher.hash(holder, Provisioner.PASSWORD, password));
        OtpSecret secret = OtpSecret.random(policy.codes().profile().algorithm(), random);
        try {
            Decision decision = enrolments.change(holder, action, (before, now) -> {
                SerialNumber serial = numbers.serial();
                return command.of(before, now, serial, sealer.seal(serial, secret), hash.get());
            });
            return decision.refusal() == null
                    ? new Issued(
                            requireNonNull(decision.enrolment().userId()),
                            outcomes.registration(decision),
                            generated ? password : null)
                    : outcomes.refused(decision);
        } finally {
            secret.destroy();
        }
    }

    /**
     * Orders a fob. An operator then {@linkplain OperatorDesk#assign assigns} and {@linkplain OperatorDesk#send sends} one.
     *
     * @param holder a holder without a token and without an order
     * @param confirmation with what the holder confirms it
     * @return accepted or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome orderFob(Holder holder, Confirmation confirmation) {
        FactorReader factors = factors(confirmation);
        return outcomes.of(enrolments.change(
                holder,
                TokenAction.ORDER,
                (before, now) ->
                        new Command.PlaceOrder(numbers.userId(), factors.read(before, Verification.MALFORMED))));
    }

    /**
     * Orders the successor of a fob that is about to expire. The old one works until its successor is activated.
     *
     * @param holder a holder with an active hardware token
     * @param confirmation with what the holder confirms it, a code of the old fob among it
     * @return accepted or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome renewFob(Holder holder, Confirmation confirmation) {
        FactorReader factors = factors(confirmation);
        return withCode(
                holder,
                TokenAction.RENEW,
                confirmation.codeOrNone(),
                (before, now) -> new Command.RenewHardware(evidence(factors, confirmation, before, now)));
    }

    /**
     * Gives an app its secret, sealed so that its device alone can open it: once, and within the grace time again to the
     * same device. Who sends the request is unknown, so tell no more than {@link ProvisionOutcome#answer}.
     *
     * @param userId the user ID that was entered in the app
     * @param activationPassword the activation password that was entered in the app, whatever it is
     * @param device the public key of the device
     * @return provisioned, with the answer for the device, or not
     * @throws WatchwordException if the infrastructure fails
     */
    public ProvisionOutcome provision(UserId userId, String activationPassword, DevicePublicKey device) {
        return provisioner.provision(userId, activationPassword, device);
    }

    /**
     * Activates a software token with a code that its app shows. The code is spent.
     *
     * @param holder a holder whose token waits for its activation
     * @param confirmation with what the holder confirms it, the code among it
     * @return accepted or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome activateSoftware(Holder holder, Confirmation confirmation) {
        String code = confirmation.codeOrNone();
        return activate(holder, null, confirmation, () -> codes.pretend(code));
    }

    /**
     * Activates a hardware token with the serial number on its back and a code that it shows. The code is spent. If it is a
     * successor, the old token ends.
     *
     * @param holder a holder whose fob was sent
     * @param serial what was entered as the serial number, whatever it is
     * @param confirmation with what the holder confirms it, the code among it
     * @return accepted or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome activateHardware(Holder holder, String serial, Confirmation confirmation) {
        String code = confirmation.codeOrNone();
        return SerialNumber.isSerialNumber(serial)
                ? activate(holder, new SerialNumber(serial), confirmation, () -> codes.pretendFirst(code))
                : activate(holder, null, confirmation.code(""), () -> {});
    }

    private Outcome activate(
            Holder holder, @Nullable SerialNumber serial, Confirmation confirmation, Runnable pretend) {
        FactorReader factors = factors(confirmation);
        String code = confirmation.codeOrNone();
        return withCode(
                holder,
                TokenAction.ACTIVATE,
                pretend,
                (before, now) -> new Command.Activate(
                        serial, factors.read(before, codes.readFirst(before.requireIssued(), code, now))));
    }

    /**
     * Verifies a code of an active token. A right one is spent, for all purposes; a wrong one is charged.
     *
     * @param holder the holder; authenticate the first factor before, so that nobody can lock out another
     * @param code what was entered, whatever it is
     * @param purpose what the code was asked for
     * @return accepted or refused
     * @throws IllegalArgumentException if the purpose is {@linkplain Purpose#isOfTheLibrary of the library}
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome verify(Holder holder, String code, Purpose purpose) {
        if (purpose.isOfTheLibrary()) {
            throw new IllegalArgumentException("purpose must not be " + purpose + ", which has a method of its own");
        }
        return withCode(
                holder,
                TokenAction.VERIFY,
                code,
                (before, now) -> new Command.Verify(codes.read(before.requireActive(), code, now), purpose));
    }

    /**
     * Finds the clock of a token that is far off (RFC 4226 §7.4), by two codes that it showed one after the other. Both are
     * spent; wrong ones are charged once.
     *
     * @param holder a holder with an active token
     * @param first what was entered first, whatever it is
     * @param second what was entered next, whatever it is
     * @return accepted or refused
     * @throws IllegalStateException if by the policy nobody may resynchronise
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome resynchronise(Holder holder, String first, String second) {
        requireNonNull(first, "first");
        requireNonNull(second, "second");
        if (policy.codes().resynchronisationRange() == 0) {
            throw new IllegalStateException("By the policy the resynchronisationRange is 0: nobody may resynchronise");
        }
        return withCode(
                holder,
                TokenAction.RESYNCHRONISE,
                () -> codes.pretendInARow(first, second),
                (before, now) ->
                        new Command.Resynchronise(codes.readInARow(before.requireActive(), first, second, now)));
    }

    /**
     * Cancels for its holder what waits for its activation. A token in use stays.
     *
     * @param holder the holder
     * @param confirmation with what the holder confirms it
     * @return accepted or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome cancel(Holder holder, Confirmation confirmation) {
        FactorReader factors = factors(confirmation);
        return outcomes.of(enrolments.change(
                holder,
                TokenAction.CANCEL,
                (before, now) -> new Command.Cancel(factors.read(before, Verification.MALFORMED))));
    }

    /**
     * Revokes an active token for its holder, and cancels a successor that waits. The code is spent, and the secret is
     * deleted.
     *
     * @param holder the holder
     * @param confirmation with what the holder confirms it, a code among it
     * @return accepted or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome revoke(Holder holder, Confirmation confirmation) {
        FactorReader factors = factors(confirmation);
        return withCode(
                holder,
                TokenAction.REVOKE,
                confirmation.codeOrNone(),
                (before, now) -> new Command.Revoke(evidence(factors, confirmation, before, now)));
    }

    /**
     * Writes down that what waited for its activation has waited too long, if it has, so that its secret is deleted. It is
     * refused at its time whether this is called or not.
     *
     * @param holder the holder
     * @return accepted, or refused if nothing waited too long
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome lapse(Holder holder) {
        return outcomes.of(enrolments.change(holder, TokenAction.LAPSE, (before, now) -> new Command.Lapse()));
    }

    /**
     * Reads a piece of a holder's history, in order.
     *
     * @param holder the holder
     * @param after the number of the event before the first wanted one; 0 to begin at the beginning
     * @param limit how many events at most, from 1
     * @return the events that follow, empty if none do
     * @throws IllegalArgumentException if a number is out of range
     * @throws StorageException if the store fails
     */
    public List<TokenEvent> history(Holder holder, long after, int limit) {
        if (after < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "after must be 0 or more and limit 1 or more, not " + after + " and " + limit);
        }
        return store.history(serviceId, holder, after, limit).stream()
                .map(RecordedEvent::event)
                .toList();
    }

    private FactorReader factors(Confirmation confirmation) {
        return new FactorReader(hasher, policy.confirmation().passwordKeeper(), confirmation);
    }

    private Evidence evidence(FactorReader factors, Confirmation confirmation, Enrolment before, Instant now) {
        return factors.read(before, codes.read(before.requireActive(), confirmation.codeOrNone(), now));
    }

    private interface CodeCommand {
        Command of(Enrolment before, Instant now);
    }

    private Outcome withCode(Holder holder, TokenAction action, String code, CodeCommand command) {
        requireNonNull(code, "code");
        return withCode(holder, action, () -> codes.pretend(code), command);
    }

    /** Where no token's code is looked at, the same work is done for none, so that its time tells nothing. */
    private Outcome withCode(Holder holder, TokenAction action, Runnable pretend, CodeCommand command) {
        boolean[] looked = {false};
        Decision decision = enrolments.change(holder, action, (before, now) -> {
            looked[0] = true;
            return command.of(before, now);
        });
        if (!looked[0]) {
            pretend.run();
        }
        return outcomes.of(decision);
    }
}
