package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Hotp;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.machine.DriftRules;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Evaluates codes: decrypts the token's secret, searches the code, and destroys the secret. A code that is not accepted costs
 * the same number of HMACs for TOTP tokens, for HOTP tokens and without a token.
 */
final class CodeVerifier {
    private final SecretSealer sealer;
    private final CodePolicy policy;
    private final IntConsumer codesTried;
    private final Search everyCode;
    private final Search firstCode;
    private final Hotp decoy;

    /** A search: its range, and the number of codes that it computes for a code that is not accepted. */
    private record Search(TotpWindow window, int lookAhead, int cost) {
        /** The cost is that of the longer search: the steps of the window, or the look-ahead with the counter before it. */
        static Search of(TotpWindow window, int lookAhead) {
            return new Search(window, lookAhead, Math.max(window.past() + window.future() + 1, lookAhead + 2));
        }
    }

    CodeVerifier(Context context) {
        sealer = context.sealer();
        policy = context.policy().codes();
        codesTried = context.codesTried();
        everyCode = Search.of(policy.window(), policy.lookAhead().atLogin());
        firstCode = Search.of(policy.activationWindow(), policy.lookAhead().atActivation());
        TotpProfile profile = policy.profile();
        decoy = Hotp.of(
                new HotpProfile(profile.algorithm(), profile.digits()),
                OtpSecret.random(profile.algorithm(), context.random()));
    }

    /** Evaluates a code of a token in use. */
    Verification verify(Token token, String code, Instant now) {
        return verify(token, everyCode, code, now);
    }

    /** Evaluates the first code of a token. For a hardware token, the search is wider. */
    Verification verifyFirst(Token token, String code, Instant now) {
        return verify(token, token.kind() == TokenKind.HARDWARE ? firstCode : everyCode, code, now);
    }

    private Verification verify(Token token, Search search, String code, Instant now) {
        if (!token.profile().isCode(code)) {
            return Verification.MALFORMED;
        }
        OtpSecret secret = sealer.open(token.serial(), requireNonNull(token.secret()));
        try {
            return token.profile() instanceof TotpProfile profile
                    ? verify(Totp.of(profile, secret), token.codes(), search, code, now)
                    : verify(Hotp.of((HotpProfile) token.profile(), secret), token, search, code);
        } finally {
            secret.destroy();
        }
    }

    private Verification verify(Totp totp, CodeState codes, Search search, String code, Instant now) {
        TotpWindow window = search.window();
        int tried = window.past() + window.future() + 1;
        codesTried.accept(tried);
        int drift = DriftRules.capped(policy, codes.drift());
        Verification found = totp.verify(code, now, window.withDrift(drift), codes.lastStep());
        return atFullCost(found, code, search.cost() - tried);
    }

    /** Also compares the last counter, so that a code that is entered twice is a replay and not a wrong code. */
    private Verification verify(Hotp hotp, Token token, Search search, String code) {
        long last = token.codes().lastStep();
        int tried = 0;
        Verification found = Verification.WRONG;
        if (last < Long.MAX_VALUE) {
            tried += search.lookAhead() + 1;
            found = withoutDrift(hotp.verify(code, last + 1, search.lookAhead()));
        }
        if (!(found instanceof Verification.Matched) && token.activatedAt() != null) {
            tried++;
            boolean spent = hotp.verify(code, last, 0) instanceof Verification.Matched;
            found = spent ? new Verification.Replayed(last) : found;
        }
        codesTried.accept(tried);
        return atFullCost(found, code, search.cost() - tried);
    }

    /** The distance of a counter is not a clock drift. */
    private static Verification withoutDrift(Verification found) {
        return found instanceof Verification.Matched matched ? new Verification.Matched(matched.step(), 0) : found;
    }

    private Verification atFullCost(Verification found, String code, int missing) {
        if (!(found instanceof Verification.Matched)) {
            pretend(code, missing);
        }
        return found;
    }

    /** Evaluates two consecutive codes of a token in use. */
    Verification verifyConsecutive(Token token, String first, String second, Instant now) {
        if (!token.profile().isCode(first) || !token.profile().isCode(second)) {
            return Verification.MALFORMED;
        }
        List<String> codes = List.of(first, second);
        OtpSecret secret = sealer.open(token.serial(), requireNonNull(token.secret()));
        try {
            return token.profile() instanceof TotpProfile profile
                    ? verifyConsecutive(Totp.of(profile, secret), token.codes().lastStep(), codes, now)
                    : verifyConsecutive(
                            Hotp.of((HotpProfile) token.profile(), secret),
                            token.codes().lastStep(),
                            codes);
        } finally {
            secret.destroy();
        }
    }

    private Verification verifyConsecutive(Totp totp, long last, List<String> codes, Instant now) {
        int tried = 2 * policy.resynchronisationRange() + 1;
        codesTried.accept(tried);
        Verification found = totp.resynchronise(codes, now, policy.resynchronisationRange(), last);
        pretendConsecutive(codes, costOfConsecutive() - tried);
        return found;
    }

    private Verification verifyConsecutive(Hotp hotp, long last, List<String> codes) {
        int reach = policy.lookAhead().toResynchronise();
        codesTried.accept(reach + 1);
        Verification found = last == Long.MAX_VALUE ? Verification.WRONG : hotp.resynchronise(codes, last + 1, reach);
        pretendConsecutive(codes, costOfConsecutive() - reach - 1);
        return withoutDrift(found);
    }

    private int costOfConsecutive() {
        return Math.max(
                2 * policy.resynchronisationRange() + 1, policy.lookAhead().toResynchronise() + 1);
    }

    /** Computes as many codes as for a wrong code, when there is no token to compare with. */
    void pretend(String code) {
        pretend(code, everyCode.cost());
    }

    /** Computes as many codes as for a wrong first code of a hardware token. */
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

    /** Computes as many codes as for two wrong consecutive codes. */
    void pretendConsecutive(String first, String second) {
        pretendConsecutive(List.of(first, second), costOfConsecutive());
    }

    private void pretendConsecutive(List<String> codes, int missing) {
        if (missing > 0 && codes.stream().allMatch(policy.profile()::isCode)) {
            int reach = Math.max(1, missing - 1);
            codesTried.accept(reach + 1);
            decoy.resynchronise(codes, 0, reach);
        }
    }
}
