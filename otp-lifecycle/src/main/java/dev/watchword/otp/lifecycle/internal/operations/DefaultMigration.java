package dev.watchword.otp.lifecycle.internal.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.engine.OutcomeMapper;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.DriftRules;
import dev.watchword.otp.lifecycle.internal.machine.TakeOver;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.operations.Migrated;
import dev.watchword.otp.lifecycle.operations.Migration;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.policy.SerialForm;
import dev.watchword.otp.lifecycle.seeds.ForeignToken;
import dev.watchword.otp.lifecycle.seeds.SeedRecord;
import dev.watchword.otp.lifecycle.seeds.TokenReader;
import dev.watchword.otp.lifecycle.seeds.TokenRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The takeover of tokens through the engine. */
public final class DefaultMigration implements Migration {
    private static final int CHUNK = 1_000;

    /**
     * The greatest number of serial numbers to draw for one token. A number source that draws only taken numbers this
     * often counts as exhausted.
     */
    private static final int MAX_DRAWS = 100;

    private final Context context;
    private final Engine engine;
    private final OutcomeMapper outcomes;
    private final SecretSealer sealer;
    private final CodePolicy policy;
    private final Operator operator;

    public DefaultMigration(Context context, Engine engine, Operator operator) {
        this.context = context;
        this.engine = engine;
        this.operator = requireNonNull(operator, "operator");
        outcomes = new OutcomeMapper(context);
        sealer = context.sealer();
        policy = context.policy().codes();
    }

    @Override
    public Outcome<Registration> takeOver(ForeignToken token) {
        Problem problem = problem(token, context.now());
        if (problem != null) {
            throw new IllegalArgumentException("Token "
                    + (token.serial() == null ? "without serial number" : token.serial()) + ": " + problem.text());
        }
        return outcomes.of(change(token));
    }

    /** Carries out a takeover. Draws another serial number if the drawn one is taken. */
    private Decision change(ForeignToken token) {
        Decision decision = changeOnce(token);
        for (int draws = 1; draws < MAX_DRAWS && isDrawnAgain(token, decision); draws++) {
            decision = changeOnce(token);
        }
        return decision;
    }

    private Decision changeOnce(ForeignToken token) {
        return engine.change(token.holder(), command(token), (before, now) -> userId(token))
                .decision();
    }

    private static boolean isDrawnAgain(ForeignToken token, Decision decision) {
        return token.serial() == null && decision.refusal() == Refusal.SERIAL_TAKEN;
    }

    private UserId userId(ForeignToken token) {
        UserId kept = token.userId();
        return kept == null ? context.numbers().userId() : kept;
    }

    private TakeOver command(ForeignToken foreign) {
        Instant now = context.now();
        SerialNumber serial = foreign.serial() == null ? context.numbers().serial() : foreign.serial();
        Instant lifetimeEnd = now.plus(context.policy().software().lifetime()).truncatedTo(ChronoUnit.MICROS);
        Token token = Token.builder()
                .serial(serial)
                .kind(foreign.kind())
                .profile(foreign.profile())
                .state(TokenState.ISSUED)
                .secret(sealer.seal(serial, foreign.secret()))
                .issuedAt(now)
                .expiresAt(foreign.expiresAt() == null ? lifetimeEnd : foreign.expiresAt())
                .codes(foreign.codes())
                .provisioning(
                        foreign.kind() == TokenKind.SOFTWARE
                                ? Provisioning.builder()
                                        .opensAt(now)
                                        .closesAt(now)
                                        .build()
                                : null)
                .build();
        return new TakeOver(token, foreign.userId(), foreign.mailAddress(), foreign.suspended(), operator);
    }

    @Override
    public Migrated run(TokenReader file, LongConsumer progress) {
        return read(file, progress, token -> decide(token, change(token)));
    }

    @Override
    public Migrated rehearse(TokenReader file, LongConsumer progress) {
        return read(file, progress, new Rehearsal()::attempt);
    }

    /** The result for one token. */
    private enum Result {
        TAKEN_OVER,
        ALREADY_HERE,
        TOKEN_EXISTS,
        SERIAL_TAKEN,
        USER_ID_TAKEN;

        Problem problem() {
            return switch (this) {
                case TAKEN_OVER, ALREADY_HERE -> throw new IllegalStateException(this + " is not a problem");
                case TOKEN_EXISTS ->
                    new Problem(RecordProblem.TOKEN_EXISTS, "the holder has another token or an order, or is repeated");
                case SERIAL_TAKEN ->
                    new Problem(
                            RecordProblem.SERIAL_TAKEN, "the serial number is taken by another token, or is repeated");
                case USER_ID_TAKEN ->
                    new Problem(
                            RecordProblem.USER_ID_TAKEN,
                            "another holder has the user ID, the holder has another one, or it is repeated");
            };
        }
    }

    /** A problem in words, and its kind. */
    private record Problem(RecordProblem kind, String text) {}

    /** The outcome for one record: its problem, or whether an earlier run took the token over. */
    private record Taken(boolean already, @Nullable Problem problem) {}

    private interface Attempt {
        Result of(ForeignToken token);
    }

    private Result decide(ForeignToken token, Decision decision) {
        if (decision.refusal() == null) {
            return Result.TAKEN_OVER;
        }
        return switch (decision.refusal()) {
            case TOKEN_EXISTS -> isHere(token, decision.enrolment()) ? Result.ALREADY_HERE : Result.TOKEN_EXISTS;
            case SERIAL_TAKEN -> Result.SERIAL_TAKEN;
            case USER_ID_TAKEN -> Result.USER_ID_TAKEN;
            default -> throw new IllegalStateException("A takeover cannot be refused as " + decision.refusal());
        };
    }

    /**
     * Returns whether the token in use is the token to take over. Without a serial number, compares the kind, the
     * profile and the secret.
     */
    private boolean isHere(ForeignToken token, Enrolment enrolment) {
        Token inUse = enrolment.activeToken();
        if (inUse == null || token.serial() != null) {
            return inUse != null && inUse.serial().equals(token.serial());
        }
        return inUse.kind() == token.kind() && inUse.profile().equals(token.profile()) && hasSecret(inUse, token);
    }

    private boolean hasSecret(Token inUse, ForeignToken token) {
        if (inUse.secret() == null) {
            return false;
        }
        OtpSecret stored = sealer.open(inUse.serial(), inUse.secret());
        try {
            return stored.equals(token.secret());
        } finally {
            stored.destroy();
        }
    }

    private Migrated read(TokenReader file, LongConsumer progress, Attempt attempt) {
        BadRecordList bad = new BadRecordList();
        Map<RecordProblem, Long> kinds = new EnumMap<>(RecordProblem.class);
        long records = 0;
        long already = 0;
        while (file.hasNext()) {
            TokenRecord record = file.next();
            records++;
            if (record instanceof TokenRecord.Good good) {
                Taken taken = take(good, attempt);
                already += taken.already() ? 1 : 0;
                if (taken.problem() != null) {
                    bad.add(new BadRecord(
                            good.place(),
                            taken.problem().kind(),
                            taken.problem().text()));
                    kinds.merge(taken.problem().kind(), 1L, Long::sum);
                }
            } else {
                SeedRecord.Bad unreadable = (SeedRecord.Bad) record;
                bad.add(unreadable.bad());
                kinds.merge(unreadable.bad().kind(), 1L, Long::sum);
            }
            if (records % CHUNK == 0) {
                progress.accept(records);
            }
        }
        progress.accept(records);
        return Migrated.of(records - already - bad.total(), already, bad.toBadRecords(), kinds);
    }

    /** Takes over one token and destroys its secret. */
    private Taken take(TokenRecord.Good good, Attempt attempt) {
        ForeignToken token = good.token();
        try {
            Problem problem = problem(token, context.now());
            if (problem != null) {
                return new Taken(false, problem);
            }
            Result result = attempt.of(token);
            boolean done = result == Result.TAKEN_OVER || result == Result.ALREADY_HERE;
            return new Taken(result == Result.ALREADY_HERE, done ? null : result.problem());
        } finally {
            token.secret().destroy();
        }
    }

    /** Returns the problem of a token itself, or null. */
    private @Nullable Problem problem(ForeignToken token, Instant now) {
        SerialForm form = context.policy().serials();
        SerialNumber serial = token.serial();
        if (serial != null && !form.allows(serial)) {
            return new Problem(
                    RecordProblem.SERIAL_FORM, "the serial number must be " + form + ", as the policy demands");
        }
        if (token.expiresAt() != null && !now.isBefore(token.expiresAt())) {
            return new Problem(RecordProblem.EXPIRED, "the token has expired");
        }
        if (!(token.profile() instanceof TotpProfile profile)) {
            return null;
        }
        int drift = token.codes().drift();
        if (DriftRules.capped(policy, profile, drift) != drift) {
            return new Problem(
                    RecordProblem.DRIFT,
                    "the drift is beyond the policy's cap of " + policy.driftCap() + " time steps, or beyond one hour");
        }
        long lastStep = token.codes().lastStep();
        long latest = profile.stepAt(now)
                + Math.max(drift, 0)
                + policy.activationWindow().future();
        return lastStep != Totp.NO_STEP && lastStep > latest
                ? new Problem(
                        RecordProblem.LAST_STEP,
                        "the last step is in the future; it must count time steps, not seconds")
                : null;
    }

    /** A rehearsal, which compares each record with the stored data and with the earlier records of the file. */
    private final class Rehearsal {
        private final Set<Holder> holders = new HashSet<>();
        private final Set<SerialNumber> serials = new HashSet<>();
        private final Set<UserId> userIds = new HashSet<>();

        Result attempt(ForeignToken token) {
            Result stored =
                    decide(token, engine.rehearse(token.holder(), command(token), (before, now) -> userId(token)));
            return stored == Result.TAKEN_OVER ? taken(token) : stored;
        }

        private Result taken(ForeignToken token) {
            UserId userId = token.userId();
            if (!holders.add(token.holder())) {
                return Result.TOKEN_EXISTS;
            }
            if (userId != null && (isAnothers(userId, token.holder()) || !userIds.add(userId))) {
                return Result.USER_ID_TAKEN;
            }
            SerialNumber serial = token.serial();
            boolean taken =
                    serial != null && (context.store().isTaken(context.serviceId(), serial) || !serials.add(serial));
            return taken ? Result.SERIAL_TAKEN : Result.TAKEN_OVER;
        }

        private boolean isAnothers(UserId userId, Holder holder) {
            return engine.read(userId)
                    .filter(found -> !Objects.equals(found.holder(), holder))
                    .isPresent();
        }
    }
}
