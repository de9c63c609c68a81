package dev.watchword.otp.bench;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.Key;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;

/**
 * The library java-otp. It only generates codes, either as text or as a number. Its documentation uses text. In its favour, the
 * generator is created before the measurement, and the current step is compared first. A prepared verifier keeps the key
 * object.
 *
 * <p>The variant by number parses the entered code with {@link Integer#parseInt}. The parser accepts signs and the
 * digits of other scripts, so this variant accepts more texts than the other libraries. Its figures are for information only.
 */
final class JavaOtpVerifier implements Verifier {
    private final TimeBasedOneTimePasswordGenerator generator =
            new TimeBasedOneTimePasswordGenerator(Question.PERIOD, Question.DIGITS);
    private final Question question;
    private final boolean byNumber;
    private final Key prepared;

    JavaOtpVerifier(Question question, boolean byNumber) {
        this.question = question;
        this.byNumber = byNumber;
        this.prepared = key();
    }

    private Key key() {
        return new SecretKeySpec(question.secret, "RAW");
    }

    @Override
    public Object fresh() throws InvalidKeyException {
        return verify(key());
    }

    @Override
    public Object prepared() throws InvalidKeyException {
        return verify(prepared);
    }

    private boolean verify(Key key) throws InvalidKeyException {
        Instant now = Question.NOW;
        if (byNumber) {
            int number = Integer.parseInt(question.code);
            return generator.generateOneTimePassword(key, now) == number
                    || generator.generateOneTimePassword(key, now.minus(Question.PERIOD)) == number
                    || generator.generateOneTimePassword(key, now.plus(Question.PERIOD)) == number;
        }
        return matches(key, now) || matches(key, now.minus(Question.PERIOD)) || matches(key, now.plus(Question.PERIOD));
    }

    private boolean matches(Key key, Instant at) throws InvalidKeyException {
        return generator.generateOneTimePasswordString(key, at).equals(question.code);
    }
}
