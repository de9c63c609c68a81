package dev.watchword.otp.lifecycle.internal.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.internal.sealing.StockSeal;
import dev.watchword.otp.lifecycle.model.Accepted;
import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Place;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.operations.Imported;
import dev.watchword.otp.lifecycle.operations.MissingExpiry;
import dev.watchword.otp.lifecycle.policy.SerialForm;
import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedProfile;
import dev.watchword.otp.lifecycle.seeds.SeedRecord;
import dev.watchword.otp.lifecycle.seeds.SeedSigning;
import dev.watchword.otp.lifecycle.spi.StockStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One import of a batch: checks each record, stages in chunks, and publishes or discards at the end. */
final class BatchImport {
    private static final int CHUNK = 1_000;

    private final ServiceId serviceId;
    private final UUID id;
    private final StockStore store;
    private final SecretSealer sealer;
    private final Instant now;
    private final SerialForm form;
    private final BatchId batch;
    private final MissingExpiry missingExpiry;
    private final LongConsumer progress;

    private final Map<SerialNumber, StockedToken> chunk = new LinkedHashMap<>();
    private final Map<SerialNumber, Place> places = new HashMap<>();
    private final BadRecordList bad = new BadRecordList();
    private int staged;

    BatchImport(Context context, StockStore store, BatchId batch, MissingExpiry missingExpiry, LongConsumer progress) {
        this.serviceId = context.serviceId();
        this.id = context.newId();
        this.store = store;
        this.sealer = context.sealer();
        this.now = context.clock().instant();
        this.form = context.policy().serials();
        this.batch = batch;
        this.missingExpiry = missingExpiry;
        this.progress = progress;
    }

    /** Takes the batch from an earlier import, which was interrupted or still runs. Returns whether the name of the batch is free. */
    boolean begins() {
        return store.begin(serviceId, batch, id);
    }

    /** Discards the tokens that this import staged. */
    void discard() {
        store.discard(serviceId, batch, id);
    }

    void take(SeedRecord record) {
        if (record instanceof SeedRecord.Good good) {
            try {
                check(good.place(), good.seed());
            } finally {
                good.seed().destroy();
            }
        } else {
            bad.add(((SeedRecord.Bad) record).bad());
        }
    }

    private void check(Place place, Seed seed) {
        Instant expiresAt = expiry(seed);
        RecordProblem problem = problem(seed, expiresAt);
        if (problem != null || expiresAt == null) {
            bad.add(new BadRecord(place, requireNonNull(problem), rule(problem)));
            return;
        }
        SeedSigning signing = seed.signing();
        StockSeal stock = new StockSeal(
                batch,
                seed.serial(),
                profile(seed.profile()),
                cut(seed.startsAt()),
                expiresAt,
                codes(seed.profile()),
                signing == null ? null : new StockSeal.Signing(signing.suite(), signing.counter()));
        StockedToken token = stock.token(
                sealer.seal(stock, seed.secret()),
                signing == null ? null : sealer.sealSigning(stock, signing.secret()));
        chunk.put(token.serial(), token);
        places.put(token.serial(), place);
        if (chunk.size() == CHUNK) {
            stage();
        }
    }

    /** Returns the problem of a seed that its reader accepted, or null. */
    private @Nullable RecordProblem problem(Seed seed, @Nullable Instant expiresAt) {
        if (!form.allows(seed.serial())) {
            return RecordProblem.SERIAL_FORM;
        }
        if (chunk.containsKey(seed.serial())) {
            return RecordProblem.SERIAL_TAKEN;
        }
        if (seed.profile() instanceof SeedProfile.ForTotp totp
                && Math.abs((long) totp.drift()) > TotpWindow.MAX_DRIFT) {
            return RecordProblem.DRIFT;
        }
        if (expiresAt == null) {
            return RecordProblem.NO_EXPIRY;
        }
        Instant startsAt = cut(seed.startsAt());
        return !now.isBefore(expiresAt) || (startsAt != null && !startsAt.isBefore(expiresAt))
                ? RecordProblem.EXPIRED
                : null;
    }

    private String rule(RecordProblem problem) {
        return switch (problem) {
            case SERIAL_FORM -> "the serial number must be " + form + ", as the policy demands";
            case SERIAL_TAKEN -> "the serial number is taken by another token or batch, or repeated in this file";
            case DRIFT -> "the drift is beyond " + TotpWindow.MAX_DRIFT + " time steps";
            case NO_EXPIRY -> "the token has no expiry; state one for the import";
            case EXPIRED -> "the token has expired";
            default -> throw new IllegalArgumentException("The import has no rule for " + problem);
        };
    }

    /** Returns the expiry of the file, or the one that the institution states, or null. */
    private @Nullable Instant expiry(Seed seed) {
        return cut(seed.expiresAt() == null ? missingExpiry.of(seed.startsAt(), now) : seed.expiresAt());
    }

    private static OtpProfile profile(SeedProfile profile) {
        return profile instanceof SeedProfile.ForTotp totp ? totp.profile() : ((SeedProfile.ForHotp) profile).profile();
    }

    private static CodeState codes(SeedProfile profile) {
        return profile instanceof SeedProfile.ForTotp totp
                ? new CodeState(Totp.NO_STEP, totp.drift())
                : CodeState.ofNextCounter(((SeedProfile.ForHotp) profile).counter());
    }

    private static @Nullable Instant cut(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }

    private void stage() {
        Set<SerialNumber> taken = store.stage(serviceId, batch, id, List.copyOf(chunk.values()));
        chunk.keySet().stream()
                .filter(taken::contains)
                .map(places::get)
                .forEach(place -> bad.add(new BadRecord(
                        requireNonNull(place), RecordProblem.SERIAL_TAKEN, rule(RecordProblem.SERIAL_TAKEN))));
        staged += chunk.size() - taken.size();
        chunk.clear();
        places.clear();
        progress.accept(staged);
    }

    Outcome<Imported> finish() {
        if (!chunk.isEmpty()) {
            stage();
        }
        if (bad.total() > 0) {
            discard();
            return Refused.<Imported>of(Refusal.BAD_RECORDS).withBadRecords(bad.toBadRecords());
        }
        if (!store.publish(serviceId, batch, id, staged)) {
            discard();
            throw new LostRaceException(
                    "Tokens of batch " + batch
                            + " were removed during the import, and none is in stock; import it again",
                    null);
        }
        return Accepted.of(Imported.of(batch, staged));
    }
}
