package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one institution: what an application calls.
 *
 * <p>Every operation reads the holder's enrolment, decides, and commits the change with its events in one atomic step; if
 * another thread, process or node was faster, it decides again. So a code is accepted once and a wrong one counts once,
 * wherever they are submitted. Expected refusals are {@linkplain Refused values}. A {@link WatchwordException} means that
 * the infrastructure failed: the request is to be refused, and nothing is known about the code.
 *
 * <p>Safe for use by several threads. It starts none, and keeps nothing between calls.
 */
public final class TokenService {
    /** What stands for a code where it is settled already that the request is malformed. */
    private static final String NOT_A_CODE = "";

    private final ServiceId serviceId;
    private final TokenStore store;
    private final TokenPolicy policy;
    private final SecureRandom random;
    private final NumberSource numbers;
    private final SecretSealer sealer;
    private final Enrolments enrolments;

    private TokenService(Builder builder) {
        serviceId = builder.serviceId;
        store = builder.store;
        policy = builder.policy;
        random = builder.random;
        numbers = builder.numbers == null ? NumberSource.random(random) : builder.numbers;
        sealer = new SecretSealer(builder.keys, serviceId, random);
        enrolments = new Enrolments(serviceId, store, new TokenMachine(policy), builder.clock, random);
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
    public static Builder builder(ServiceId serviceId, TokenStore store, KeySource keys, Clock clock) {
        return new Builder(serviceId, store, keys, clock);
    }

    /**
     * Returns how a holder stands.
     *
     * @param holder the holder
     * @return the registration; unregistered for a holder of whom nothing is known
     * @throws StorageException if the store fails
     */
    public Registration registration(Holder holder) {
        return Registration.of(enrolments.read(holder));
    }

    /**
     * Issues a software token. It waits for its activation.
     *
     * @param holder a holder without an issued or active token
     * @return issued, with the secret for the holder's app, or refused
     * @throws WatchwordException if the infrastructure fails; should the token have been issued all the same, nobody has
     *     its secret, so revoke it and issue another
     */
    public IssueOutcome issueSoftware(Holder holder) {
        OtpSecret secret = OtpSecret.random(policy.profile().algorithm(), random);
        boolean issued = false;
        try {
            Decision decision = enrolments.change(holder, TokenAction.ISSUE, (before, now) -> {
                SerialNumber serial = numbers.serial();
                Instant expiresAt = Enrolments.cut(now.plus(policy.softwareLifetime()));
                SealedSecret sealed = sealer.seal(serial, secret);
                Token token = Token.issued(serial, TokenKind.SOFTWARE, policy.profile(), sealed, now, expiresAt);
                return new Command.Issue(numbers.userId(), token, null);
            });
            issued = decision.refusal() == null;
            return issued
                    ? new Issued(Registration.of(decision.enrolment()), secret)
                    : refused(decision.enrolment(), requireNonNull(decision.refusal()));
        } finally {
            if (!issued) {
                secret.destroy();
            }
        }
    }

    /**
     * Issues a hardware token: the fob goes to the holder, and to nobody else ever again. It waits for its activation.
     *
     * @param holder a holder without an issued or active token
     * @param fob the fob
     * @param operator who assigned it
     * @return accepted or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome issueHardware(Holder holder, HardwareToken fob, Operator operator) {
        requireNonNull(operator, "operator");
        Instant expiresAt = Enrolments.cut(fob.expiresAt());
        return outcome(enrolments.change(holder, TokenAction.ISSUE, (before, now) -> {
            SealedSecret sealed = sealer.seal(fob.serial(), fob.secret());
            Token token = Token.issued(fob.serial(), TokenKind.HARDWARE, fob.profile(), sealed, now, expiresAt);
            return new Command.Issue(numbers.userId(), token, operator);
        }));
    }

    /**
     * Activates a software token with a code that its app shows. The code is spent.
     *
     * @param holder a holder whose token waits for its activation
     * @param code what was entered, whatever it is
     * @return accepted or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome activateSoftware(Holder holder, String code) {
        return withCode(holder, TokenAction.ACTIVATE, code, found -> new Command.Activate(null, found));
    }

    /**
     * Activates a hardware token with the serial number on its back and a code that it shows. The code is spent.
     *
     * @param holder a holder whose token waits for its activation
     * @param serial what was entered as the serial number, whatever it is
     * @param code what was entered as the code, whatever it is
     * @return accepted or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome activateHardware(Holder holder, String serial, String code) {
        SerialNumber entered = SerialNumber.isSerialNumber(serial) ? new SerialNumber(serial) : null;
        return withCode(
                holder,
                TokenAction.ACTIVATE,
                entered == null ? NOT_A_CODE : code,
                found -> new Command.Activate(entered, found));
    }

    /**
     * Verifies a code of an active token. A right one is spent, for all purposes; a wrong one is charged.
     *
     * @param holder the holder; authenticate the first factor before, so that nobody can lock out another
     * @param code what was entered, whatever it is
     * @param purpose what the code was asked for; not {@link Purpose#ACTIVATION} or {@link Purpose#REVOCATION}
     * @return accepted or refused
     * @throws IllegalArgumentException if the purpose is one of those two
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome verify(Holder holder, String code, Purpose purpose) {
        if (purpose.equals(Purpose.ACTIVATION) || purpose.equals(Purpose.REVOCATION)) {
            throw new IllegalArgumentException("purpose must not be " + purpose + ", which has a method of its own");
        }
        return withCode(holder, TokenAction.VERIFY, code, found -> new Command.Verify(found, purpose));
    }

    /**
     * Suspends an issued or active token: no code is accepted until {@link #resume}. If it is suspended already, the new
     * reason takes the place of the old one, which stays in the history.
     *
     * @param holder the holder
     * @param why what happened; not {@link SuspensionReason#TOO_MANY_FAILURES}
     * @param operator who does it
     * @param reason the operator's words, 1 to {@value TokenEvent#MAX_REASON_LENGTH} characters
     * @return accepted or refused
     * @throws IllegalArgumentException if the reason is not such a text, or why is not an operator's to say
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome suspend(Holder holder, SuspensionReason why, Operator operator, String reason) {
        if (requireNonNull(why, "why") == SuspensionReason.TOO_MANY_FAILURES) {
            throw new IllegalArgumentException(
                    "why must be what an operator knows: only wrong codes are TOO_MANY_FAILURES");
        }
        return byOperator(holder, new Command.Suspend(why, operator, requireReason(reason)));
    }

    /**
     * Resumes a suspended token, and sets its counter of wrong codes to zero. Nothing else ever resumes it.
     *
     * @param holder the holder
     * @param operator who does it, having made sure who the holder is
     * @param reason the operator's words, 1 to {@value TokenEvent#MAX_REASON_LENGTH} characters
     * @return accepted or refused
     * @throws IllegalArgumentException if the reason is not such a text
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome resume(Holder holder, Operator operator, String reason) {
        return byOperator(holder, new Command.Resume(operator, requireReason(reason)));
    }

    /**
     * Revokes an active token for its holder, with a code. The code is spent, and the secret is deleted.
     *
     * @param holder the holder
     * @param code what was entered, whatever it is
     * @return accepted or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome revoke(Holder holder, String code) {
        return withCode(holder, TokenAction.REVOKE, code, Command.Revoke::new);
    }

    /**
     * Revokes an issued or active token for the institution, without a code. The secret is deleted.
     *
     * @param holder the holder
     * @param operator who does it
     * @param reason the operator's words, 1 to {@value TokenEvent#MAX_REASON_LENGTH} characters
     * @return accepted or refused
     * @throws IllegalArgumentException if the reason is not such a text
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome revokeByOperator(Holder holder, Operator operator, String reason) {
        return byOperator(holder, new Command.RevokeByOperator(operator, requireReason(reason)));
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
        return store.history(serviceId, holder, after, limit);
    }

    private Outcome byOperator(Holder holder, Command command) {
        return outcome(enrolments.change(holder, command.action(), (before, now) -> command));
    }

    private Outcome withCode(Holder holder, TokenAction action, String code, Function<Verification, Command> command) {
        requireNonNull(code, "code");
        return outcome(enrolments.change(
                holder, action, (before, now) -> command.apply(verification(before.requireToken(), code, now))));
    }

    private Verification verification(Token token, String code, Instant now) {
        if (!token.profile().isCode(code)) {
            return Verification.MALFORMED;
        }
        OtpSecret secret = sealer.open(token.serial(), requireNonNull(token.secret()));
        try {
            return Totp.of(token.profile(), secret).verify(code, now, policy.window(), token.lastStep());
        } finally {
            secret.destroy();
        }
    }

    private Outcome outcome(Decision decision) {
        return decision.refusal() == null
                ? new Accepted(Registration.of(decision.enrolment()))
                : refused(decision.enrolment(), decision.refusal());
    }

    private Refused refused(Enrolment enrolment, Refusal refusal) {
        boolean alive = enrolment.state() == TokenState.ISSUED || enrolment.state() == TokenState.ACTIVE;
        int triesLeft = alive ? policy.triesLeft(enrolment.requireToken()) : 0;
        return new Refused(refusal, triesLeft, Registration.of(enrolment));
    }

    private static String requireReason(String reason) {
        return Require.text(reason, "reason", TokenEvent.MAX_REASON_LENGTH);
    }

    /** Builds a {@link TokenService}. Not safe for use by several threads. */
    public static final class Builder {
        private final ServiceId serviceId;
        private final TokenStore store;
        private final KeySource keys;
        private final Clock clock;
        private TokenPolicy policy = TokenPolicy.BANK;
        private SecureRandom random = new SecureRandom();
        private @Nullable NumberSource numbers;

        private Builder(ServiceId serviceId, TokenStore store, KeySource keys, Clock clock) {
            this.serviceId = requireNonNull(serviceId, "serviceId");
            this.store = requireNonNull(store, "store");
            this.keys = requireNonNull(keys, "keys");
            this.clock = requireNonNull(clock, "clock");
        }

        /**
         * Sets the institution's policy; {@link TokenPolicy#BANK} by default.
         *
         * @param newPolicy the policy
         * @return this builder
         */
        public Builder policy(TokenPolicy newPolicy) {
            policy = requireNonNull(newPolicy, "policy");
            return this;
        }

        /**
         * Sets the source of randomness; a new {@link SecureRandom} by default.
         *
         * @param newRandom the source
         * @return this builder
         */
        public Builder random(SecureRandom newRandom) {
            random = requireNonNull(newRandom, "random");
            return this;
        }

        /**
         * Sets what allots user IDs and serial numbers; {@link NumberSource#random} by default.
         *
         * @param newNumbers the source
         * @return this builder
         */
        public Builder numbers(NumberSource newNumbers) {
            numbers = requireNonNull(newNumbers, "numbers");
            return this;
        }

        /**
         * Builds the service.
         *
         * @return the service
         */
        public TokenService build() {
            return new TokenService(this);
        }
    }
}
