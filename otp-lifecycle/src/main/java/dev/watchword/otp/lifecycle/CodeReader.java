package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.Verification;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;

/** Looks at codes: opens the token's secret, and closes it again. */
final class CodeReader {
    private final SecretSealer sealer;
    private final CodePolicy policy;
    private final IntConsumer stepsTried;
    private final OtpSecret decoy;

    /** Tells the consumer of each search how many time steps it tries. */
    CodeReader(SecretSealer sealer, CodePolicy policy, SecureRandom random, IntConsumer stepsTried) {
        this.stepsTried = stepsTried;
        this.sealer = sealer;
        this.policy = policy;
        decoy = OtpSecret.random(policy.profile().algorithm(), random);
    }

    /** What a code of a token in use shows. */
    Verification read(Token token, String code, Instant now) {
        return read(token, policy.window(), code, now);
    }

    /** What the first code of a token shows, which for a fob is looked for more widely. */
    Verification readFirst(Token token, String code, Instant now) {
        boolean wide = token.kind() == TokenKind.HARDWARE;
        return read(token, wide ? policy.activationWindow() : policy.window(), code, now);
    }

    private Verification read(Token token, TotpWindow window, String code, Instant now) {
        if (!token.profile().isCode(code)) {
            return Verification.MALFORMED;
        }
        int drift = policy.capped(token.codes().drift());
        OtpSecret secret = sealer.open(token.serial(), requireNonNull(token.secret()));
        try {
            stepsTried.accept(steps(window));
            return Totp.of(token.profile(), secret)
                    .verify(code, now, window.withDrift(drift), token.codes().lastStep());
        } finally {
            secret.destroy();
        }
    }

    /** What two codes in a row show. */
    Verification readInARow(Token token, String first, String second, Instant now) {
        if (!token.profile().isCode(first) || !token.profile().isCode(second)) {
            return Verification.MALFORMED;
        }
        OtpSecret secret = sealer.open(token.serial(), requireNonNull(token.secret()));
        try {
            stepsTried.accept(2 * policy.resynchronisationRange() + 1);
            return Totp.of(token.profile(), secret)
                    .resynchronise(
                            List.of(first, second),
                            now,
                            policy.resynchronisationRange(),
                            token.codes().lastStep());
        } finally {
            secret.destroy();
        }
    }

    /** Takes the computations of a wrong code, where there is no token whose code it could be. */
    void pretend(String code, Instant now) {
        pretend(policy.window(), code, now);
    }

    /** The same for the first code of a fob. */
    void pretendFirst(String code, Instant now) {
        pretend(policy.activationWindow(), code, now);
    }

    private void pretend(TotpWindow window, String code, Instant now) {
        if (policy.profile().isCode(code)) {
            stepsTried.accept(steps(window));
            Totp.of(policy.profile(), decoy).verify(code, now, window, Totp.NO_STEP);
        }
    }

    /** The same for two codes in a row. */
    void pretendInARow(String first, String second, Instant now) {
        if (policy.profile().isCode(first) && policy.profile().isCode(second)) {
            stepsTried.accept(2 * policy.resynchronisationRange() + 1);
            Totp.of(policy.profile(), decoy)
                    .resynchronise(List.of(first, second), now, policy.resynchronisationRange(), Totp.NO_STEP);
        }
    }

    private static int steps(TotpWindow window) {
        return window.past() + window.future() + 1;
    }
}
