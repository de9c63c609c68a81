package dev.watchword.otp.bench;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.Verification;

/**
 * Watchword. A fresh verifier creates an {@code OtpSecret} and a {@code Totp} from the bytes of the secret. A prepared
 * one keeps the {@code Totp}.
 */
final class WatchwordVerifier implements Verifier {
    private final Question question;
    private final Totp prepared;

    WatchwordVerifier(Question question) {
        this.question = question;
        this.prepared = Totp.of(question.profile, OtpSecret.copyOf(question.secret));
    }

    @Override
    public Object fresh() {
        return verify(Totp.of(question.profile, OtpSecret.copyOf(question.secret)));
    }

    @Override
    public Object prepared() {
        return verify(prepared);
    }

    private Verification verify(Totp totp) {
        return totp.verify(question.code, Question.NOW, TotpWindow.ONE_STEP, Totp.NO_STEP);
    }

    @Override
    public boolean isMatch(Object answer) {
        return answer instanceof Verification.Matched;
    }
}
