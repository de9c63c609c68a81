package dev.watchword.otp.bench;

import eu.fraho.libs.totp.Totp;
import eu.fraho.libs.totp.TotpSettings;

/**
 * libtotp, by its own verification of a step, with a window that begins with the earliest. It makes its key object anew
 * every time, so that nothing of a secret can be prepared. Favoured: the step and the number that was entered are ready,
 * which leaves the 60 seconds to the caller, and a late code is the first that it tries.
 */
final class LibtotpVerifier implements Verifier {
    private final Totp totp = new Totp(
            TotpSettings.builder().tokenLength(Question.DIGITS).variance(1).build());
    private final Question question;
    private final long step;

    LibtotpVerifier(Question question) {
        this.question = question;
        this.step = question.step();
    }

    @Override
    public Object fresh() {
        return totp.verifyCode(question.secret, question.codeNumber, step);
    }

    @Override
    public Object prepared() {
        return fresh();
    }
}
