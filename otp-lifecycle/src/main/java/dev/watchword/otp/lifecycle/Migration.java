package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.stock.CsvTokenReader;
import dev.watchword.otp.lifecycle.stock.ForeignToken;
import dev.watchword.otp.lifecycle.stock.SeedRecord;
import dev.watchword.otp.lifecycle.stock.TokenRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes over tokens that are in use in another system: whoever has one goes on using it, and notices nothing. Each is one change,
 * with an event of its own. Safe for use by several threads.
 *
 * <p>Let the other system accept no code any more before a token is taken over, or both accept the same code.
 */
public final class Migration {
    private static final int CHUNK = 1_000;

    private final Operator operator;
    private final CodePolicy policy;
    private final ServiceId serviceId;
    private final TokenStore store;
    private final Enrolments enrolments;
    private final Outcomes outcomes;
    private final SecretSealer sealer;
    private final NumberSource numbers;

    Migration(
            Operator operator,
            CodePolicy policy,
            ServiceId serviceId,
            TokenStore store,
            Enrolments enrolments,
            Outcomes outcomes,
            SecretSealer sealer,
            NumberSource numbers) {
        this.operator = requireNonNull(operator, "operator");
        this.policy = policy;
        this.serviceId = serviceId;
        this.store = store;
        this.enrolments = enrolments;
        this.outcomes = outcomes;
        this.sealer = sealer;
        this.numbers = numbers;
    }

    /**
     * Takes over a token. It is in use from then on, as if it had been activated here.
     *
     * @param token the token; its secret remains the caller's to destroy
     * @return accepted; or refused if the holder has a token or an order here, or if the serial number or the user ID is taken
     * @throws IllegalArgumentException if the token is past its expiry, its drift is more than the policy follows, or its last
     *     step is ahead of the clock
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome takeOver(ForeignToken token) {
        String problem = problem(token, enrolments.now());
        if (problem != null) {
            throw new IllegalArgumentException("Token " + token.serial() + ": " + problem);
        }
        SealedSecret secret = sealer.seal(token.serial(), token.secret());
        return outcomes.of(
                enrolments.change(token.holder(), TokenAction.TAKE_OVER, (before, now) -> command(token, secret)));
    }

    private Command command(ForeignToken token, SealedSecret secret) {
        UserId kept = token.userId();
        return new Command.TakeOver(
                token.serial(),
                token.kind(),
                token.profile(),
                secret,
                token.codes(),
                token.expiresAt(),
                kept == null ? numbers.userId() : kept,
                kept != null,
                token.mailAddress(),
                token.suspended(),
                operator);
    }

    /**
     * Takes over the tokens of a file, one after the other. Bad records are reported, and the others are taken over; what was taken
     * over before is passed by. So it can be interrupted, and run again, with the same file or a mended one.
     *
     * @param file what to read; left open
     * @param progress is told after each thousand records how many were read so far; what it throws interrupts the run
     * @return what became of the records
     * @throws SeedFileException if the file cannot be read to its end; what was read of it is taken over
     * @throws WatchwordException if the infrastructure fails
     */
    public Migrated run(CsvTokenReader file, LongConsumer progress) {
        return read(file, progress, this::refusalOf);
    }

    private @Nullable Refused refusalOf(ForeignToken token) {
        return takeOver(token) instanceof Refused refused ? refused : null;
    }

    /**
     * Tells what {@link #run} would do, and changes nothing. Remembers the names in the file, some hundred bytes for each record, to find
     * what comes twice.
     *
     * @param file what to read; left open
     * @param progress is told after each thousand records how many were read so far; what it throws interrupts it
     * @return what would become of the records
     * @throws SeedFileException if the file cannot be read to its end
     * @throws WatchwordException if the infrastructure fails
     */
    public Migrated rehearse(CsvTokenReader file, LongConsumer progress) {
        return read(file, progress, new Rehearsal()::refusalOf);
    }

    private interface Attempt {
        /** Why a token is not taken over; {@code null} if it is. */
        @Nullable
        Refused refusalOf(ForeignToken token);
    }

    private Migrated read(CsvTokenReader file, LongConsumer progress, Attempt attempt) {
        List<SeedRecord.Bad> bad = new ArrayList<>();
        long records = 0;
        long already = 0;
        long badRecords = 0;
        while (file.hasNext()) {
            TokenRecord record = file.next();
            records++;
            SeedRecord.Bad wrong = null;
            if (record instanceof TokenRecord.Good good) {
                Refused refused = null;
                try {
                    String problem = problem(good.token(), enrolments.now());
                    refused = problem == null ? attempt.refusalOf(good.token()) : null;
                    wrong = problem == null ? null : new SeedRecord.Bad(good.place(), problem);
                } finally {
                    good.token().secret().destroy();
                }
                if (refused != null && isHere(good.token(), refused)) {
                    already++;
                } else if (refused != null) {
                    wrong = new SeedRecord.Bad(good.place(), words(refused.refusal()));
                }
            } else {
                wrong = (SeedRecord.Bad) record;
            }
            if (wrong != null) {
                badRecords++;
                if (bad.size() < Migrated.MAX_REPORTED) {
                    bad.add(wrong);
                }
            }
            if (records % CHUNK == 0) {
                progress.accept(records);
            }
        }
        progress.accept(records);
        return new Migrated(records - already - badRecords, already, bad, badRecords);
    }

    /** Whether the holder has the very token here. */
    private static boolean isHere(ForeignToken token, Refused refused) {
        TokenInfo inUse = refused.registration().token();
        return refused.refusal() == Refusal.TOKEN_EXISTS
                && inUse != null
                && inUse.serial().equals(token.serial());
    }

    private static String words(Refusal refusal) {
        return switch (refusal) {
            case TOKEN_EXISTS -> "the holder has another token or an order, or came before";
            case SERIAL_TAKEN -> "the serial number is taken by another token or fob, or came before";
            case USER_ID_TAKEN -> "the user ID is another holder's, the holder has another, or it came before";
            default -> "it is refused: " + refusal;
        };
    }

    /** What is wrong with a token, whatever else is stored; {@code null} if nothing is. */
    private @Nullable String problem(ForeignToken token, Instant now) {
        if (!now.isBefore(token.expiresAt())) {
            return "the token is past its expiry";
        }
        if (!(token.profile() instanceof TotpProfile profile)) {
            return null;
        }
        int drift = token.codes().drift();
        if (policy.capped(drift) != drift) {
            return "the drift is beyond the " + policy.driftCap() + " time steps that the policy follows";
        }
        long lastStep = token.codes().lastStep();
        long latest = profile.stepAt(now) + drift + policy.activationWindow().future();
        return lastStep != Totp.NO_STEP && lastStep > latest
                ? "the last step is ahead of the clock; it counts time steps, not seconds"
                : null;
    }

    /** What would be refused, of what is stored and of what came before in the file. */
    private final class Rehearsal {
        private final Set<Holder> holders = new HashSet<>();
        private final Set<SerialNumber> serials = new HashSet<>();
        private final Set<UserId> userIds = new HashSet<>();

        @Nullable
        Refused refusalOf(ForeignToken token) {
            SealedSecret secret = sealer.seal(token.serial(), token.secret());
            Decision decision = enrolments.rehearse(token.holder(), command(token, secret));
            if (decision.refusal() != null) {
                return outcomes.refused(decision);
            }
            Refusal refusal = taken(token);
            return refusal == null
                    ? null
                    : outcomes.refused(Decision.refuse(enrolments.read(token.holder()), refusal, null));
        }

        private @Nullable Refusal taken(ForeignToken token) {
            UserId userId = token.userId();
            if (!holders.add(token.holder())) {
                return Refusal.TOKEN_EXISTS;
            }
            if (userId != null && (isAnothers(userId, token.holder()) || !userIds.add(userId))) {
                return Refusal.USER_ID_TAKEN;
            }
            return store.isTaken(serviceId, token.serial()) || !serials.add(token.serial())
                    ? Refusal.SERIAL_TAKEN
                    : null;
        }

        private boolean isAnothers(UserId userId, Holder holder) {
            return enrolments
                    .read(userId)
                    .filter(found -> !Objects.equals(found.holder(), holder))
                    .isPresent();
        }
    }
}
