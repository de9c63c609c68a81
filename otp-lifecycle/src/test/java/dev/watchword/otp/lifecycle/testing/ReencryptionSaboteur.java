package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.spi.ReencryptedEnrolment;
import dev.watchword.otp.lifecycle.spi.ReencryptionStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The re-encryption of a {@link Saboteur}. */
final class ReencryptionSaboteur implements ReencryptionStore {
    private final SaboteurTables tables;
    private final StockSaboteur stock;

    ReencryptionSaboteur(SaboteurTables tables, StockSaboteur stock) {
        this.tables = tables;
        this.stock = stock;
    }

    @Override
    public int reencrypt(List<ReencryptedEnrolment> reencrypted) {
        synchronized (tables.lock) {
            int done = 0;
            for (ReencryptedEnrolment enrolment : reencrypted) {
                Enrolment after = enrolment.after();
                Enrolment stored = tables.enrolment(after.serviceId(), after.holder());
                boolean same =
                        stored != null && stored.version() == enrolment.before().version();
                if (same || tables.has(Flaw.REENCRYPTS_STALE_ENROLMENTS)) {
                    tables.put(tables.has(Flaw.REENCRYPTS_IN_THE_SAME_VERSION) ? sameVersion(after) : after);
                    done++;
                }
            }
            return done;
        }
    }

    private static Enrolment sameVersion(Enrolment after) {
        return after.toBuilder().version(after.version() - 1).build();
    }

    @Override
    public List<StockedToken> stockPage(ServiceId serviceId, @Nullable SerialNumber after, int limit) {
        return stock.page(serviceId, after, limit);
    }

    @Override
    public int reencryptStock(ServiceId serviceId, List<StockedToken> before, List<StockedToken> after) {
        return stock.reencrypt(serviceId, before, after);
    }
}
