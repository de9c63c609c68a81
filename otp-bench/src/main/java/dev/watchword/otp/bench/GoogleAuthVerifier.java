package dev.watchword.otp.bench;

import com.warrenstrange.googleauth.GoogleAuthenticator;
import com.warrenstrange.googleauth.GoogleAuthenticatorConfig.GoogleAuthenticatorConfigBuilder;

/**
 * GoogleAuth, with a window of 3 that begins with the earliest step. It takes text and decodes it every time, so that
 * nothing of a secret can be prepared. Favoured: the Base32 is ready.
 */
final class GoogleAuthVerifier implements Verifier {
    private final GoogleAuthenticator authenticator = new GoogleAuthenticator(new GoogleAuthenticatorConfigBuilder()
            .setCodeDigits(Question.DIGITS)
            .setTimeStepSizeInMillis(Question.PERIOD.toMillis())
            .setWindowSize(3)
            .build());
    private final Question question;

    GoogleAuthVerifier(Question question) {
        this.question = question;
    }

    @Override
    public Object fresh() {
        return authenticator.authorize(question.base32, Integer.parseInt(question.code), Question.NOW.toEpochMilli());
    }

    @Override
    public Object prepared() {
        return fresh();
    }
}
