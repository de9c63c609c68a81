package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import dev.watchword.otp.lifecycle.stock.Place;
import dev.watchword.otp.lifecycle.stock.Seed;
import dev.watchword.otp.lifecycle.stock.SeedProfile;
import dev.watchword.otp.lifecycle.stock.SeedRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One import of a batch: checks record by record, stages chunk by chunk, and publishes or discards at the end. */
final class BatchImport {
    private static final int CHUNK = 1_000;

    private final ServiceId serviceId;
    private final StockStore store;
    private final SecretSealer sealer;
    private final Instant now;
    private final BatchId batch;
    private final LongConsumer progress;

    private final Map<SerialNumber, StockedFob> chunk = new LinkedHashMap<>();
    private final Map<SerialNumber, Place> places = new HashMap<>();
    private final List<SeedRecord.Bad> bad = new ArrayList<>();
    private long badRecords;
    private int staged;

    BatchImport(
            ServiceId serviceId,
            StockStore store,
            SecretSealer sealer,
            Instant now,
            BatchId batch,
            LongConsumer progress) {
        this.serviceId = serviceId;
        this.store = store;
        this.sealer = sealer;
        this.now = now;
        this.batch = batch;
        this.progress = progress;
    }

    /** What an import that was cut short has left is not this file's. */
    void begin() {
        store.discard(serviceId, batch);
    }

    void take(SeedRecord record) {
        if (record instanceof SeedRecord.Good good) {
            OtpSecret secret = good.seed().secret();
            try {
                check(good.place(), good.seed());
            } finally {
                secret.destroy();
            }
        } else {
            report((SeedRecord.Bad) record);
        }
    }

    private void check(Place place, Seed seed) {
        String problem = problem(seed);
        Instant expiresAt = seed.expiresAt();
        if (problem != null || expiresAt == null) {
            report(new SeedRecord.Bad(place, String.valueOf(problem)));
            return;
        }
        StockedFob fob = new StockedFob(
                seed.serial(),
                profile(seed.profile()),
                sealer.seal(seed.serial(), seed.secret()),
                cut(seed.startsAt()),
                expiresAt.truncatedTo(ChronoUnit.MICROS),
                codes(seed.profile()));
        chunk.put(fob.serial(), fob);
        places.put(fob.serial(), place);
        if (chunk.size() == CHUNK) {
            stage();
        }
    }

    /** What is wrong with a seed that its file's reader found nothing wrong with; {@code null} if nothing is. */
    private @Nullable String problem(Seed seed) {
        if (chunk.containsKey(seed.serial())) {
            return "the serial number came before in this file";
        }
        if (seed.profile() instanceof SeedProfile.ForTotp totp
                && Math.abs((long) totp.drift()) > TotpWindow.MAX_DRIFT) {
            return "the drift is beyond " + TotpWindow.MAX_DRIFT + " time steps";
        }
        Instant expiresAt = seed.expiresAt();
        if (expiresAt == null) {
            return "the fob has no expiry";
        }
        Instant startsAt = cut(seed.startsAt());
        Instant cutExpiry = expiresAt.truncatedTo(ChronoUnit.MICROS);
        return !now.isBefore(cutExpiry) || (startsAt != null && !startsAt.isBefore(cutExpiry))
                ? "the fob is past its expiry"
                : null;
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
        Set<SerialNumber> taken = store.stage(serviceId, batch, List.copyOf(chunk.values()));
        chunk.keySet().stream()
                .filter(taken::contains)
                .map(places::get)
                .forEach(place -> report(new SeedRecord.Bad(
                        requireNonNull(place),
                        "the serial number is taken by another token or batch, or came before")));
        staged += chunk.size() - taken.size();
        chunk.clear();
        places.clear();
        progress.accept(staged);
    }

    private void report(SeedRecord.Bad record) {
        badRecords++;
        if (bad.size() < NotImported.MAX_REPORTED) {
            bad.add(record);
        }
    }

    ImportOutcome finish() {
        if (!chunk.isEmpty()) {
            stage();
        }
        if (badRecords > 0) {
            store.discard(serviceId, batch);
            return new NotImported(bad, badRecords);
        }
        if (!store.publish(serviceId, batch, staged)) {
            store.discard(serviceId, batch);
            throw new IllegalStateException("Batch " + batch
                    + " was imported by somebody else at the same time, and is discarded; import it again");
        }
        return new Imported(batch, staged);
    }
}
