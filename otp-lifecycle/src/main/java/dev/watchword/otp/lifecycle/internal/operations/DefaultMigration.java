package dev.watchword.otp.lifecycle.internal.operations;

import static java.util.Objects.requireNonNull;

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
import dev.watchword.otp.lifecycle.seeds.CsvTokenReader;
import dev.watchword.otp.lifecycle.seeds.ForeignToken;
import dev.watchword.otp.lifecycle.seeds.SeedRecord;
import dev.watchword.otp.lifecycle.seeds.TokenRecord;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The takeover of tokens through the engine. */
public final class DefaultMigration implements Migration {
    private static final int CHUNK = 1_000;

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
        String problem = problem(token, context.now());
        if (problem != null) {
            throw new IllegalArgumentException("Token " + token.serial() + ": " + problem);
        }
        TakeOver command = command(token);
        return outcomes.of(engine.change(token.holder(), command, (before, now) -> userId(token))
                .decision());
    }

    private UserId userId(ForeignToken token) {
        UserId kept = token.userId();
        return kept == null ? context.numbers().userId() : kept;
    }

    private TakeOver command(ForeignToken foreign) {
        Instant now = context.now();
        Token token = Token.builder()
                .serial(foreign.serial())
                .kind(foreign.kind())
                .profile(foreign.profile())
                .state(TokenState.ISSUED)
                .secret(sealer.seal(foreign.serial(), foreign.secret()))
                .issuedAt(now)
                .expiresAt(foreign.expiresAt())
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
    public Migrated run(CsvTokenReader file, LongConsumer progress) {
        return read(
                file,
                progress,
                token -> decide(
                        token,
                        engine.change(token.holder(), command(token), (before, now) -> userId(token))
                                .decision()));
    }

    @Override
    public Migrated rehearse(CsvTokenReader file, LongConsumer progress) {
        return read(file, progress, new Rehearsal()::attempt);
    }

    /** The result for one token. */
    private enum Result {
        TAKEN_OVER,
        ALREADY_HERE,
        TOKEN_EXISTS,
        SERIAL_TAKEN,
        USER_ID_TAKEN;

        String problem() {
            return switch (this) {
                case TAKEN_OVER, ALREADY_HERE -> throw new IllegalStateException(this + " is not a problem");
                case TOKEN_EXISTS -> "the holder has another token or an order, or is repeated";
                case SERIAL_TAKEN -> "the serial number is taken by another token, or is repeated";
                case USER_ID_TAKEN -> "another holder has the user ID, the holder has another one, or it is repeated";
            };
        }
    }

    private interface Attempt {
        Result of(ForeignToken token);
    }

    private static Result decide(ForeignToken token, Decision decision) {
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

    /** Whether the token in use is the token to take over. */
    private static boolean isHere(ForeignToken token, Enrolment enrolment) {
        Token inUse = enrolment.activeToken();
        return inUse != null && inUse.serial().equals(token.serial());
    }

    private Migrated read(CsvTokenReader file, LongConsumer progress, Attempt attempt) {
        BadRecordList bad = new BadRecordList();
        long records = 0;
        long already = 0;
        while (file.hasNext()) {
            TokenRecord record = file.next();
            records++;
            if (record instanceof TokenRecord.Good good) {
                already += take(good, attempt, bad) == Result.ALREADY_HERE ? 1 : 0;
            } else {
                bad.add(((SeedRecord.Bad) record).bad());
            }
            if (records % CHUNK == 0) {
                progress.accept(records);
            }
        }
        progress.accept(records);
        return Migrated.of(records - already - bad.total(), already, bad.toBadRecords());
    }

    /** Takes over one token and destroys its secret. Returns null if the token itself cannot be taken over. */
    private @Nullable Result take(TokenRecord.Good good, Attempt attempt, BadRecordList bad) {
        ForeignToken token = good.token();
        try {
            String problem = problem(token, context.now());
            if (problem != null) {
                bad.add(new BadRecord(good.place(), problem));
                return null;
            }
            Result result = attempt.of(token);
            if (result != Result.TAKEN_OVER && result != Result.ALREADY_HERE) {
                bad.add(new BadRecord(good.place(), result.problem()));
            }
            return result;
        } finally {
            token.secret().destroy();
        }
    }

    /** Returns the problem of a token itself, or null. */
    private @Nullable String problem(ForeignToken token, Instant now) {
        SerialForm form = context.policy().serials();
        if (!form.allows(token.serial())) {
            return "the serial number must be " + form + ", as the policy demands";
        }
        if (!now.isBefore(token.expiresAt())) {
            return "the token has expired";
        }
        if (!(token.profile() instanceof TotpProfile profile)) {
            return null;
        }
        int drift = token.codes().drift();
        if (DriftRules.capped(policy, profile, drift) != drift) {
            return "the drift is beyond the policy's cap of " + policy.driftCap() + " time steps, or beyond one hour";
        }
        long lastStep = token.codes().lastStep();
        long latest = profile.stepAt(now)
                + Math.max(drift, 0)
                + policy.activationWindow().future();
        return lastStep != Totp.NO_STEP && lastStep > latest
                ? "the last step is in the future; it must count time steps, not seconds"
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
            return context.store().isTaken(context.serviceId(), token.serial()) || !serials.add(token.serial())
                    ? Result.SERIAL_TAKEN
                    : Result.TAKEN_OVER;
        }

        private boolean isAnothers(UserId userId, Holder holder) {
            return engine.read(userId)
                    .filter(found -> !Objects.equals(found.holder(), holder))
                    .isPresent();
        }
    }
}
