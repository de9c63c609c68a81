package dev.watchword.otp.jdbc.model;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.operations.Imported;
import dev.watchword.otp.lifecycle.operations.TokenStock;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One institution: the services of the library, and the model of its holders and its stock. */
final class LifeBank {
    private static final int FIRST_SERIAL = 20_000_000;

    final ServiceId serviceId;
    final TokenPolicy policy;
    final TokenStore store;
    final TokenService tokens;
    final OperatorDesk desk;
    final Histories histories;
    final Map<Holder, ModelHolder> holders = new HashMap<>();

    private final FakeClock clock;
    private final SecureRandom random;
    private final TokenStock stock;
    private final Map<String, ModelToken> stocked = new HashMap<>();
    private int stockedCount;

    LifeBank(TokenStore store, ServiceId serviceId, TokenPolicy policy, FakeClock clock, SecureRandom random) {
        this.store = store;
        this.serviceId = serviceId;
        this.policy = policy;
        this.clock = clock;
        this.random = random;
        Institution bank = Institution.builder(serviceId, store, TestInstitution.KEYS)
                .clock(clock)
                .policy(policy)
                .random(random)
                .build();
        tokens = bank.tokens();
        desk = bank.desk(new Operator("helpdesk-7"));
        stock = bank.stock();
        histories = bank.histories();
        for (String name : Step.HOLDERS) {
            holders.put(new Holder(name), new ModelHolder(policy));
        }
    }

    ModelHolder model(Holder holder) {
        return requireNonNull(holders.get(holder));
    }

    long eventCount(Holder holder) {
        return store.find(serviceId, holder).map(Enrolment::eventCount).orElse(0L);
    }

    /** Puts one more token in stock. Both institutions use the same serial numbers. */
    Outcome<Imported> stockOne() {
        String serial = Integer.toString(FIRST_SERIAL + stockedCount++);
        OtpSecret secret = OtpSecret.random(TotpProfile.BANK.algorithm(), random);
        Instant expiresAt = clock.instant().plus(Duration.ofDays(200));
        String csv = "serial,secret_hex,kind,digits,step,counter,expiry\n" + serial + ","
                + HexFormat.of().formatHex(secret.exposeBytes()) + ",TOTP,8,60,," + expiresAt + "\n";
        InputStream file = new ByteArrayInputStream(csv.getBytes(StandardCharsets.US_ASCII));
        Outcome<Imported> imported = stock.importBatch(
                new BatchId("of-" + serial), CsvSeedReader.open(file, TextLayout.DEFAULT), staged -> {});
        stocked.put(serial, new ModelToken(false, serial, Totp.of(TotpProfile.BANK, secret), expiresAt));
        return imported;
    }

    /** Returns the serial number at a distance from the newest, or of no token for a negative distance. */
    String serial(int back) {
        int last = Math.max(0, stockedCount - 1);
        return Integer.toString(FIRST_SERIAL + (back < 0 ? last + 1 : Math.max(0, last - back)));
    }

    @Nullable
    ModelToken stocked(String serial) {
        return stocked.get(serial);
    }

    void assigned(String serial) {
        stocked.remove(serial);
    }

    /** Returns a model token with the serial number and the expiry that the library has just issued. */
    ModelToken issuedToken(Holder holder) {
        PendingInfo pending = requireNonNull(tokens.registration(holder).pending());
        TokenInfo token = requireNonNull(pending.token());
        ModelToken issued = new ModelToken(true, token.serial().value(), null, token.expiresAt());
        issued.issuedAt = clock.instant();
        return issued;
    }
}
