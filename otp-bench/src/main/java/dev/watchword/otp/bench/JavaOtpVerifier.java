package dev.watchword.otp.bench;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.Key;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;

/**
 * java-otp, which generates only. Favoured: the generator and the three instants are ready, the expected step is tried
 * first, and numbers are compared, of which nothing is formatted; prepared, the key object is kept.
 */
final class JavaOtpVerifier implements Verifier {
    private final TimeBasedOneTimePasswordGenerator generator =
            new TimeBasedOneTimePasswordGenerator(Question.PERIOD, Question.DIGITS);
    private final Question question;
    private final Key prepared;

    JavaOtpVerifier(Question question) {
        this.question = question;
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
        return matches(key, Question.NOW) || matches(key, Question.BEFORE) || matches(key, Question.AFTER);
    }

    private boolean matches(Key key, Instant at) throws InvalidKeyException {
        return generator.generateOneTimePassword(key, at) == question.codeNumber;
    }
}
