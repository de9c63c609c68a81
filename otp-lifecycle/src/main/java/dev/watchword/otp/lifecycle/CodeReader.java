package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Hotp;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.Verification;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Looks at codes: opens the token's secret, and closes it again. A code that is not right costs the same number of HMACs
 * whatever the token counts, and if there is no token.
 */
final class CodeReader {
    private final SecretSealer sealer;
    private final CodePolicy policy;
    private final IntConsumer codesTried;
    private final Search everyCode;
    private final Search firstCode;
    private final Hotp decoy;

    /** Where a code is looked for, and how many codes are computed if it is not right. */
    private record Search(TotpWindow window, int lookAhead, int cost) {
        /** The cost is that of the longer way: all steps of the window, or the look-ahead and the counter before it. */
        static Search of(TotpWindow window, int lookAhead) {
            return new Search(window, lookAhead, Math.max(window.past() + window.future() + 1, lookAhead + 2));
        }
    }

    /** Tells the consumer of each search how many codes it computes. */
    CodeReader(SecretSealer sealer, CodePolicy policy, SecureRandom random, IntConsumer codesTried) {
        this.codesTried = codesTried;
        this.sealer = sealer;
        this.policy = policy;
        everyCode = Search.of(policy.window(), policy.lookAhead().atLogin());
        firstCode = Search.of(policy.activationWindow(), policy.lookAhead().atActivation());
        TotpProfile profile = policy.profile();
        decoy = Hotp.of(
                new HotpProfile(profile.algorithm(), profile.digits()), OtpSecret.random(profile.algorithm(), random));
    }

    /** What a code of a token in use shows. */
    Verification read(Token token, String code, Instant now) {
        return read(token, everyCode, code, now);
    }

    /** What the first code of a token shows, which for a fob is looked for more widely. */
    Verification readFirst(Token token, String code, Instant now) {
        return read(token, token.kind() == TokenKind.HARDWARE ? firstCode : everyCode, code, now);
    }

    private Verification read(Token token, Search search, String code, Instant now) {
        if (!token.profile().isCode(code)) {
            return Verification.MALFORMED;
        }
        OtpSecret secret = sealer.open(token.serial(), requireNonNull(token.secret()));
        try {
            return token.profile() instanceof TotpProfile profile
                    ? read(Totp.of(profile, secret), token.codes(), search, code, now)
                    : read(Hotp.of((HotpProfile) token.profile(), secret), token, search, code);
        } finally {
            secret.destroy();
        }
    }

    private Verification read(Totp totp, CodeState codes, Search search, String code, Instant now) {
        TotpWindow window = search.window();
        int tried = window.past() + window.future() + 1;
        codesTried.accept(tried);
        Verification found = totp.verify(code, now, window.withDrift(policy.capped(codes.drift())), codes.lastStep());
        return atFullCost(found, code, search.cost() - tried);
    }

    /** Beside the look-ahead, the last counter is compared, so that a code that is entered twice is not called wrong. */
    private Verification read(Hotp hotp, Token token, Search search, String code) {
        long last = token.codes().lastStep();
        int tried = 0;
        Verification found = Verification.WRONG;
        if (last < Long.MAX_VALUE) {
            tried += search.lookAhead() + 1;
            found = inUse(hotp.verify(code, last + 1, search.lookAhead()));
        }
        if (!(found instanceof Verification.Matched) && token.activatedAt() != null) {
            tried++;
            boolean spent = hotp.verify(code, last, 0) instanceof Verification.Matched;
            found = spent ? new Verification.Replayed(last) : found;
        }
        codesTried.accept(tried);
        return atFullCost(found, code, search.cost() - tried);
    }

    /** How far ahead a counter lies is no drift. */
    private static Verification inUse(Verification found) {
        return found instanceof Verification.Matched matched ? new Verification.Matched(matched.step(), 0) : found;
    }

    private Verification atFullCost(Verification found, String code, int missing) {
        if (!(found instanceof Verification.Matched)) {
            pretend(code, missing);
        }
        return found;
    }

    /** What two codes in a row show. */
    Verification readInARow(Token token, String first, String second, Instant now) {
        if (!token.profile().isCode(first) || !token.profile().isCode(second)) {
            return Verification.MALFORMED;
        }
        List<String> codes = List.of(first, second);
        long last = token.codes().lastStep();
        OtpSecret secret = sealer.open(token.serial(), requireNonNull(token.secret()));
        try {
            if (token.profile() instanceof TotpProfile profile) {
                int tried = 2 * policy.resynchronisationRange() + 1;
                codesTried.accept(tried);
                Verification found =
                        Totp.of(profile, secret).resynchronise(codes, now, policy.resynchronisationRange(), last);
                pretendInARow(codes, costInARow() - tried);
                return found;
            }
            int reach = policy.lookAhead().toResynchronise();
            codesTried.accept(reach + 1);
            Verification found = last == Long.MAX_VALUE
                    ? Verification.WRONG
                    : Hotp.of((HotpProfile) token.profile(), secret).resynchronise(codes, last + 1, reach);
            pretendInARow(codes, costInARow() - reach - 1);
            return inUse(found);
        } finally {
            secret.destroy();
        }
    }

    private int costInARow() {
        return Math.max(
                2 * policy.resynchronisationRange() + 1, policy.lookAhead().toResynchronise() + 1);
    }

    /** Takes the computations of a wrong code, where there is no token whose code it could be. */
    void pretend(String code) {
        pretend(code, everyCode.cost());
    }

    /** The same for the first code of a fob. */
    void pretendFirst(String code) {
        pretend(code, firstCode.cost());
    }

    private void pretend(String code, int missing) {
        if (policy.profile().isCode(code)) {
            for (int left = missing; left > 0; left -= Hotp.MAX_LOOK_AHEAD) {
                int tried = Math.min(left, Hotp.MAX_LOOK_AHEAD);
                codesTried.accept(tried);
                decoy.verify(code, left, tried - 1);
            }
        }
    }

    /** The same for two codes in a row. */
    void pretendInARow(String first, String second) {
        pretendInARow(List.of(first, second), costInARow());
    }

    private void pretendInARow(List<String> codes, int missing) {
        if (missing > 0 && codes.stream().allMatch(policy.profile()::isCode)) {
            int reach = Math.max(1, missing - 1);
            codesTried.accept(reach + 1);
            decoy.resynchronise(codes, 0, reach);
        }
    }
}
