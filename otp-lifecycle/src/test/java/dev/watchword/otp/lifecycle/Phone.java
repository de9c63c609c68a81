package dev.watchword.otp.lifecycle;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import java.time.Clock;
import java.util.stream.IntStream;

/** What a holder's app or fob shows. */
final class Phone {
    private final Clock clock;
    private final TotpProfile profile;
    private final Totp totp;

    Phone(Clock clock, TotpProfile profile, OtpSecret secret) {
        this.clock = clock;
        this.profile = profile;
        this.totp = Totp.of(profile, secret);
    }

    String code() {
        return code(0);
    }

    /** The code so many steps from now. */
    String code(int steps) {
        return totp.generate(clock.instant().plus(profile.timeStep().multipliedBy(steps)));
    }

    /** A code that no step near now has. */
    String wrongCode() {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Integer.toString(10_000_000 + i))
                .filter(code ->
                        IntStream.rangeClosed(-3, 3).mapToObj(this::code).noneMatch(code::equals))
                .findFirst()
                .orElseThrow();
    }
}
