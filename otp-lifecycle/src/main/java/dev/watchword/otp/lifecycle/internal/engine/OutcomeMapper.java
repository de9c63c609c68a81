package dev.watchword.otp.lifecycle.internal.engine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.machine.BackupCodeRules;
import dev.watchword.otp.lifecycle.internal.machine.BackupKind;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.LockRules;
import dev.watchword.otp.lifecycle.internal.machine.TokenAction;
import dev.watchword.otp.lifecycle.model.Accepted;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.Token;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Maps decisions of the machine to outcomes for the caller. */
public final class OutcomeMapper {
    private final Context context;

    public OutcomeMapper(Context context) {
        this.context = context;
    }

    /** Maps a decision. An accepted one has the registration as its value. */
    public Outcome<Registration> of(Decision decision) {
        return of(decision, this::registration, Set.of());
    }

    /** Maps a decision. If its evidence is malformed, the given fields are named. */
    public Outcome<Registration> of(Decision decision, Set<Field> malformed) {
        return of(decision, this::registration, malformed);
    }

    /** Maps a decision on an activation, whose code is one of the pending token. */
    public Outcome<Registration> ofActivation(Decision decision, Set<Field> malformed) {
        Token pending = decision.enrolment().pendingToken();
        return of(decision, this::registration, malformed, pending == null ? token(decision.enrolment()) : pending);
    }

    /** Maps a decision on the proof for an action, with the value of an accepted one. */
    public <T> Outcome<T> ofProof(Decision decision, TokenAction action, Function<Decision, T> value) {
        Token pending = action == TokenAction.ACTIVATE ? decision.enrolment().pendingToken() : null;
        return of(decision, value, Set.of(Field.CODE), pending == null ? token(decision.enrolment()) : pending);
    }

    /** Maps a decision, with the value of an accepted one. */
    public <T> Outcome<T> of(Decision decision, Function<Decision, T> value, Set<Field> malformed) {
        return of(decision, value, malformed, token(decision.enrolment()));
    }

    private <T> Outcome<T> of(
            Decision decision, Function<Decision, T> value, Set<Field> malformed, @Nullable Token token) {
        return decision.refusal() == null ? Accepted.of(value.apply(decision)) : refused(decision, malformed, token);
    }

    /** Maps a decision on an emergency code or a recovery code. The remaining attempts are those of its set. */
    public Outcome<Registration> ofBackupCode(Decision decision, BackupKind kind) {
        if (decision.refusal() == null) {
            return Accepted.of(registration(decision));
        }
        Refused<Registration> refused = refused(decision, Set.of(), null);
        OptionalInt tries =
                BackupCodeRules.triesLeft(context.policy(), decision.enrolment().backupCodes(), kind, context.now());
        return tries.isPresent() ? refused.withTriesLeft(tries.getAsInt()) : refused;
    }

    public Registration registration(Decision decision) {
        return Registration.of(decision.enrolment(), context.now());
    }

    /** Refuses malformed fields, without reading anything. */
    public <T> Refused<T> malformed(Set<Field> fields) {
        return Refused.<T>of(Refusal.MALFORMED).withFields(fields);
    }

    /** Refuses with the remaining attempts of a token. */
    private <T> Refused<T> refused(Decision decision, Set<Field> malformed, @Nullable Token token) {
        Refusal refusal = requireNonNull(decision.refusal());
        Refused<T> refused = (refusal == Refusal.MALFORMED ? this.<T>malformed(malformed) : Refused.<T>of(refusal))
                .withNotBefore(decision.notBefore())
                .withRegistration(registration(decision));
        return token == null
                ? refused
                : refused.withTriesLeft(LockRules.triesLeft(context.policy().lock(), token));
    }

    /** The token in use, or the pending one if none is in use. */
    private static @Nullable Token token(Enrolment enrolment) {
        Token active = enrolment.activeToken();
        return active != null ? active : enrolment.pendingToken();
    }
}
