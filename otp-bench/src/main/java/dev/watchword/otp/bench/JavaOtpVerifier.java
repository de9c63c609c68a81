package dev.watchword.otp.bench;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.Key;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;

/**
 * java-otp, which generates only: as text, as it documents, or as a number. Favoured: the generator is ready, and the
 * expected step is tried first; prepared, the key object is kept. By number, what was entered is read by a parser that takes
 * signs and the digits of other scripts for digits too, so that this is another question; it is measured to be known.
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
