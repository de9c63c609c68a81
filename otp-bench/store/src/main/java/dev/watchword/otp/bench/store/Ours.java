package dev.watchword.otp.bench.store;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** The verifications by the library. */
final class Ours implements Verifications {
    private final ThreadLocal<Instant> now = ThreadLocal.withInitial(() -> Instant.EPOCH);
    private final TokenService tokens;

    /** Verifications of requests of which nothing is known. */
    Ours(DataSource database) {
        this(database, Origin.NONE);
    }

    /** Verifications of requests with this origin, which each event then records. */
    Ours(DataSource database, Origin origin) {
        tokens = Institution.builder(Holders.SERVICE, JdbcTokenStore.on(database), Holders.KEYS)
                .policy(TokenPolicy.BANK)
                .clock(new StepClock())
                .build()
                .from(origin)
                .tokens();
    }

    /** A clock with a separate time for each thread. No holder then has to wait for the next code. */
    private final class StepClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }

    @Override
    public void accept(int holder, long step, String code) {
        now.set(Instant.ofEpochSecond(step * TotpProfile.BANK.timeStep().toSeconds()));
        Outcome<Registration> outcome = tokens.verify(Holders.holder(holder), code, Purpose.LOGIN);
        if (!outcome.isAccepted()) {
            throw new IllegalStateException("A right code was not accepted; correct the data first: " + outcome);
        }
    }
}
