package dev.watchword.otp.bench;

import eu.fraho.libs.totp.Totp;
import eu.fraho.libs.totp.TotpSettings;

/**
 * libtotp with its own verification of a step. The search begins with the earliest step of the window. It creates its
 * key object every time, so nothing can be prepared. It takes a number and a step, so the caller must parse the text
 * and divide by 60 seconds. This library benefits from the order of the search, because a late code is found first.
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
