package dev.watchword.otp.bench;

import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.code.DefaultCodeVerifier;
import dev.samstevens.totp.code.HashingAlgorithm;

/**
 * java-totp, by its own verifier, whose time is given to it; it always tries the whole window. It takes Base32 and decodes
 * it for every step, so that nothing of a secret can be prepared. Favoured: the Base32 is ready.
 */
final class JavaTotpVerifier implements Verifier {
    private final DefaultCodeVerifier verifier = new DefaultCodeVerifier(
            new DefaultCodeGenerator(HashingAlgorithm.SHA1, Question.DIGITS), Question.NOW::getEpochSecond);
    private final Question question;

    JavaTotpVerifier(Question question) {
        this.question = question;
        verifier.setTimePeriod((int) Question.PERIOD.toSeconds());
        verifier.setAllowedTimePeriodDiscrepancy(1);
    }

    @Override
    public Object fresh() {
        return verifier.isValidCode(question.base32, question.code);
    }

    @Override
    public Object prepared() {
        return fresh();
    }
}
