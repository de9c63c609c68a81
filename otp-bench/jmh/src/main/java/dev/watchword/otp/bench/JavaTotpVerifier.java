package dev.watchword.otp.bench;

import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.code.DefaultCodeVerifier;
import dev.samstevens.totp.code.HashingAlgorithm;

/**
 * java-totp with its own verifier and a fixed time source. It always compares the whole window. It decodes the Base32
 * text for every step, so nothing can be prepared. In its favour, the Base32 text is created before the measurement.
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
