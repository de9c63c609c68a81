package dev.watchword.otp.bench;

import eu.fraho.libs.totp.Totp;
import eu.fraho.libs.totp.TotpSettings;

/**
 * libtotp, by its own verification of a step, with a window that begins with the earliest. It makes its key object anew
 * every time, so that nothing of a secret can be prepared. It takes a number and a step, which leaves the text and the 60
 * seconds to its caller. Favoured: a late code is the first that it tries.
 */
final class LibtotpVerifier implements Verifier {
    private final Totp totp = new Totp(
            TotpSettings.builder().tokenLength(Question.DIGITS).variance(1).build());
    private final Question question;

    LibtotpVerifier(Question question) {
        this.question = question;
    }

    @Override
    public Object fresh() {
        return totp.verifyCode(
                question.secret,
                Integer.parseInt(question.code),
                Question.NOW.getEpochSecond() / Question.PERIOD.toSeconds());
    }

    @Override
    public Object prepared() {
        return fresh();
    }
}
