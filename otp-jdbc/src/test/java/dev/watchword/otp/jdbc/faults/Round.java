package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.policy.BackupCodePolicy;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;

/**
 * One load with one fault, in a separate institution whose clock begins on a separate day.
 *
 * @param number the number of the round in its database, from 1
 */
record Round(int number) {
    static final int HOLDERS = 32;
    static final TotpProfile PROFILE = TotpProfile.BANK;
    static final ConsumerName CONSUMER = new ConsumerName("mail");

    /** The lease of a worker of the feed. It is longer than a round. */
    static final Duration LEASE = Duration.ofHours(1);

    /** The key that every process uses. */
    static final KeySource KEYS =
            KeySource.of("test", new SecretKeySpec(new byte[32], "AES"), new SecretKeySpec(new byte[32], "HmacSHA256"));

    /** The reach of the code window. A delayed code must stay right while other clients continue. */
    static final int PAST = 10;

    private static final CodePolicy CODES = CodePolicy.builder()
            .profile(PROFILE)
            .window(new TotpWindow(PAST, 1))
            .activationWindow(new TotpWindow(PAST, 1))
            .driftCap(0)
            .resynchronisationRange(0)
            .build();

    private static final SoftwarePolicy SOFTWARE = SoftwarePolicy.builder()
            .lifetime(Duration.ofDays(5 * 365))
            .passwordTries(5)
            .passwordLifetime(Duration.ofDays(3))
            .grace(Duration.ofMinutes(10))
            .build();

    /** The codes of tokens, which most requests submit, do not end the emergency codes. */
    private static final BackupCodePolicy EMERGENCY = BackupCodePolicy.builder()
            .emergencyCount(EmergencyCode.IN_SET)
            .emergencyLifetime(Duration.ofDays(7))
            .diesWithAcceptedCode(false)
            .build();

    private static final TokenPolicy POLICY =
            TestInstitution.POLICY.withCodes(CODES).withSoftware(SOFTWARE).withBackupCodes(EMERGENCY);

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

    Institution bank(TokenStore store, Clock clock) {
        return Institution.builder(serviceId(), store, KEYS)
                .clock(clock)
                .policy(POLICY)
                .build();
    }
}
