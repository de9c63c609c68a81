package dev.watchword.otp.jdbc;

import java.time.Duration;
import java.util.List;

/**
 * How a store works on its database.
 *
 * @param prefix the prefix of the table names
 * @param patience the time limit for retries
 * @param risksPowerFailure whether a power failure may lose acknowledged commits
 * @param scripts the schema that the database must have
 */
record StoreOptions(TablePrefix prefix, Duration patience, boolean risksPowerFailure, List<JdbcSchema.Script> scripts) {
    static final StoreOptions DEFAULT =
            new StoreOptions(TablePrefix.DEFAULT, Duration.ofSeconds(15), false, JdbcSchema.SCRIPTS);

    StoreOptions withPrefix(TablePrefix newPrefix) {
        return new StoreOptions(newPrefix, patience, risksPowerFailure, scripts);
    }

    StoreOptions withPatience(Duration newPatience) {
        return new StoreOptions(prefix, newPatience, risksPowerFailure, scripts);
    }

    StoreOptions riskingPowerFailure() {
        return new StoreOptions(prefix, patience, true, scripts);
    }

    StoreOptions withScripts(List<JdbcSchema.Script> newScripts) {
        return new StoreOptions(prefix, patience, risksPowerFailure, newScripts);
    }
}
