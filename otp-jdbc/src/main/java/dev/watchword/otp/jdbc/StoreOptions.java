package dev.watchword.otp.jdbc;

import java.time.Duration;
import java.util.List;

/**
 * How a store works on its database.
 *
 * @param prefix the prefix of the table names
 * @param patience the time limit for retries
 * @param risksPowerFailure whether a power failure may lose acknowledged commits
 * @param risksUntestedSystem whether the database may be a system on which no test has run
 * @param scripts the schema that the database must have
 */
record StoreOptions(
        TablePrefix prefix,
        Duration patience,
        boolean risksPowerFailure,
        boolean risksUntestedSystem,
        List<JdbcSchema.Script> scripts) {
    static final StoreOptions DEFAULT =
            new StoreOptions(TablePrefix.DEFAULT, Duration.ofSeconds(15), false, false, JdbcSchema.SCRIPTS);

    StoreOptions withPrefix(TablePrefix newPrefix) {
        return new StoreOptions(newPrefix, patience, risksPowerFailure, risksUntestedSystem, scripts);
    }

    StoreOptions withPatience(Duration newPatience) {
        return new StoreOptions(prefix, newPatience, risksPowerFailure, risksUntestedSystem, scripts);
    }

    StoreOptions riskingPowerFailure() {
        return new StoreOptions(prefix, patience, true, risksUntestedSystem, scripts);
    }

    StoreOptions riskingUntestedSystem() {
        return new StoreOptions(prefix, patience, risksPowerFailure, true, scripts);
    }

    StoreOptions withScripts(List<JdbcSchema.Script> newScripts) {
        return new StoreOptions(prefix, patience, risksPowerFailure, risksUntestedSystem, newScripts);
    }
}
