package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.Hotp;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.machine.DriftRules;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Evaluates codes: decrypts the token's secret, searches the code, and destroys the secret. A code that is not accepted costs
 * the same number of HMACs for TOTP tokens, for HOTP tokens and without a token, and for every number of digits.
 */
final class CodeVerifier {
    /** The fewest digits of a code of any profile (RFC 4226 §5.3). */
    private static final int MIN_DIGITS = 6;

    /** The most digits of a code of any profile. */
    private static final int MAX_DIGITS = 9;

    /** The text that is compared with the codes of the decoy, regardless of the entered text. */
    private static final String DECOY_CODE = "000000000";

    private final SecretSealer sealer;
    private final CodePolicy policy;
    private final IntConsumer codesTried;
    private final Search everyCode;
    private final Search firstCode;
    private final int costOfConsecutive;
    private final Hotp decoy;

    /** A search: its range, and the number of codes that it computes for a code that is not accepted. */
    private record Search(TotpWindow window, int lookAhead, int cost) {
        /**
         * The cost is that of the longest search: the window around the server's step and around a drifted step, or the
         * look-ahead with the counter before it.
         */
        static Search of(TotpWindow window, int lookAhead) {
            return new Search(window, lookAhead, Math.max(2 * window.steps(), lookAhead + 2));
        }
    }

    CodeVerifier(Context context) {
        sealer = context.sealer();
        policy = context.policy().codes();
        codesTried = context.codesTried();
        everyCode = Search.of(policy.window(), policy.lookAhead().atLogin());
        firstCode = Search.of(policy.activationWindow(), policy.lookAhead().atActivation());
        costOfConsecutive = Math.max(2 * policy.resynchronisationRange() + 1, costOfCounters(policy));
        HmacAlgorithm algorithm = policy.profile().algorithm();
        decoy = Hotp.of(new HotpProfile(algorithm, MAX_DIGITS), OtpSecret.random(algorithm, context.random()));
    }

    /** Evaluates a code of a token in use, or the first code of a software token. */
    Verification verify(Token token, String code, Instant now) {
        return verify(token, everyCode, code, now);
    }

    /** Evaluates the first code of a hardware token. The search is wider. */
    Verification verifyFirst(Token token, String code, Instant now) {
        return verify(token, firstCode, code, now);
    }

    private Verification verify(Token token, Search search, String code, Instant now) {
        if (!token.profile().isCode(code)) {
            return Verification.MALFORMED;
        }
        OtpSecret secret = sealer.open(token.serial(), requireNonNull(token.secret()));
        try {
            return token.profile() instanceof TotpProfile profile
                    ? verify(Totp.of(profile, secret), token, search, code, now)
                    : verify(Hotp.of((HotpProfile) token.profile(), secret), token, search, code);
        } finally {
            secret.destroy();
        }
    }

    private Verification verify(Totp totp, Token token, Search search, String code, Instant now) {
        CodeState codes = token.codes();
        TotpWindow window = search.window().withDrift(DriftRules.capped(policy, token.profile(), codes.drift()));
        codesTried.accept(window.steps());
        Verification found = totp.verify(code, now, window, codes.lastStep());
        return atFullCost(found, search.cost() - window.steps());
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
        return atFullCost(found, search.cost() - tried);
    }

    /** The distance of a counter is not a clock drift. */
    private static Verification withoutDrift(Verification found) {
        return found instanceof Verification.Matched matched ? new Verification.Matched(matched.step(), 0) : found;
    }

    private Verification atFullCost(Verification found, int missing) {
        if (!(found instanceof Verification.Matched)) {
            compute(missing);
        }
        return found;
    }

    /** Evaluates two consecutive codes of a token in use, or of a hardware token that is to be activated. */
    Verification verifyConsecutive(Token token, String first, String second, Instant now) {
        if (!token.profile().isCode(first) || !token.profile().isCode(second)) {
            return Verification.MALFORMED;
        }
        List<String> codes = List.of(first, second);
        OtpSecret secret = sealer.open(token.serial(), requireNonNull(token.secret()));
        try {
            return token.profile() instanceof TotpProfile profile
                    ? verifyConsecutive(Totp.of(profile, secret), token, codes, now)
                    : verifyConsecutive(
                            Hotp.of((HotpProfile) token.profile(), secret),
                            token.codes().lastStep(),
                            codes);
        } finally {
            secret.destroy();
        }
    }

    private Verification verifyConsecutive(Totp totp, Token token, List<String> codes, Instant now) {
        int range = policy.resynchronisationRange();
        codesTried.accept(2 * range + 1);
        Verification found = totp.resynchronise(codes, now, range, token.codes().lastStep());
        compute(costOfConsecutive - 2 * range - 1);
        return withinTheCap(token, found);
    }

    /**
     * Rejects codes beyond the cap of the token's own time step, which can be longer than that of the policy. The next code
     * would not be accepted, and a floor would not exclude these codes.
     */
    private Verification withinTheCap(Token token, Verification found) {
        return found instanceof Verification.Matched matched
                        && DriftRules.capped(policy, token.profile(), matched.drift()) != matched.drift()
                ? Verification.WRONG
                : found;
    }

    /** No counter follows the greatest one, so two codes in a row can then only be replayed. */
    private Verification verifyConsecutive(Hotp hotp, long last, List<String> codes) {
        int cost = costOfCounters(policy);
        codesTried.accept(cost);
        long next = last == Long.MAX_VALUE ? last : last + 1;
        Verification found = hotp.resynchronise(codes, next, policy.lookAhead().toResynchronise());
        compute(costOfConsecutive - cost);
        return withoutDrift(found);
    }

    private static int costOfCounters(CodePolicy policy) {
        return Hotp.RESYNCHRONISATION_LOOK_BACK + policy.lookAhead().toResynchronise() + 1;
    }

    /** Computes as many codes as for a wrong code, when there is no token to compare with. */
    void pretend(String code) {
        pretend(everyCode.cost(), code);
    }

    /** Computes the codes that are missing after a response was compared, so that it costs as much as a wrong code. */
    void complete(int tried) {
        codesTried.accept(tried);
        compute(everyCode.cost() - tried);
    }

    /** Computes as many codes as for a wrong first code of a hardware token. */
    void pretendFirst(String code) {
        pretend(firstCode.cost(), code);
    }

    /** Computes as many codes as for two wrong consecutive codes. */
    void pretendConsecutive(String first, String second) {
        pretend(costOfConsecutive, first, second);
    }

    /** Does nothing for a text that is not a code of any profile, because that text costs nothing for any token. */
    private void pretend(int cost, String... codes) {
        for (String code : codes) {
            if (!Require.isDigits(code, MIN_DIGITS, MAX_DIGITS)) {
                return;
            }
        }
        compute(cost);
    }

    private void compute(int missing) {
        for (int left = missing; left > 0; left -= Hotp.MAX_LOOK_AHEAD) {
            int tried = Math.min(left, Hotp.MAX_LOOK_AHEAD);
            codesTried.accept(tried);
            decoy.verify(DECOY_CODE, left, tried - 1);
        }
    }
}
