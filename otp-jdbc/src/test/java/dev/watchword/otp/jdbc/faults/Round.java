package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.CodePolicy;
import dev.watchword.otp.lifecycle.ConsumerName;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.LookAhead;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.SoftwarePolicy;
import dev.watchword.otp.lifecycle.TokenPolicy;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;

/**
 * One load with one fault: an institution of its own, whose clock begins on a day of its own.
 *
 * @param number which round it is in its database, from 1
 */
record Round(int number) {
    static final int HOLDERS = 32;
    static final TotpProfile PROFILE = TotpProfile.BANK;
    static final ConsumerName CONSUMER = new ConsumerName("mail");

    /** How long a worker of the feed has a holder's events to itself; longer than a round. */
    static final Duration LEASE = Duration.ofHours(1);

    /** Known to every process. */
    static final KeySource KEYS =
            KeySource.of("test", new SecretKeySpec(new byte[32], "AES"), new SecretKeySpec(new byte[32], "HmacSHA256"));

    /** How far back a code is looked for, so that one is still right that was held up while others went on. */
    static final int PAST = 10;

    private static final CodePolicy CODES =
            new CodePolicy(PROFILE, new TotpWindow(PAST, 1), new TotpWindow(PAST, 1), 0, 0, LookAhead.STANDARD);

    private static final SoftwarePolicy SOFTWARE =
            new SoftwarePolicy(Duration.ofDays(5 * 365), false, 5, Duration.ofDays(3), Duration.ofMinutes(10), false);

    private static final TokenPolicy POLICY =
            InMemoryTokens.POLICY.withCodes(CODES).withSoftware(SOFTWARE);

    private static final Instant FIRST_DAY = Instant.parse("2026-11-23T00:00:00Z");
    private static final int FIRST_SERVICE = 10_000_000;

    ServiceId serviceId() {
        return new ServiceId(Integer.toString(FIRST_SERVICE + number));
    }

    Instant start() {
        return FIRST_DAY.plus(Duration.ofDays(number));
    }

    List<Holder> holders() {
        return IntStream.range(0, HOLDERS)
                .mapToObj(i -> new Holder("holder-" + i))
                .toList();
    }

    TokenService tokens(TokenStore store, Clock clock) {
        return TokenService.builder(serviceId(), store, KEYS, clock)
                .policy(POLICY)
                .build();
    }
}
