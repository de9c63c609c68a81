package dev.watchword.otp.bench;

import dev.turingcomplete.kotlinonetimepassword.HmacAlgorithm;
import dev.turingcomplete.kotlinonetimepassword.TimeBasedOneTimePasswordConfig;
import dev.turingcomplete.kotlinonetimepassword.TimeBasedOneTimePasswordGenerator;
import java.util.concurrent.TimeUnit;

/**
 * kotlin-onetimepassword, which verifies one step. Favoured: the configuration and the three times are ready and the
 * expected step is tried first; prepared, the generator that was made for the secret is kept.
 */
final class KotlinOtpVerifier implements Verifier {
    private static final TimeBasedOneTimePasswordConfig CONFIG = new TimeBasedOneTimePasswordConfig(
            Question.PERIOD.toSeconds(), TimeUnit.SECONDS, Question.DIGITS, HmacAlgorithm.SHA1);
    private static final long NOW = Question.NOW.toEpochMilli();
    private static final long BEFORE = Question.BEFORE.toEpochMilli();
    private static final long AFTER = Question.AFTER.toEpochMilli();

    private final Question question;
    private final TimeBasedOneTimePasswordGenerator prepared;

    KotlinOtpVerifier(Question question) {
        this.question = question;
        this.prepared = generator();
    }

    private TimeBasedOneTimePasswordGenerator generator() {
        return new TimeBasedOneTimePasswordGenerator(question.secret, CONFIG);
    }

    @Override
    public Object fresh() {
        return verify(generator());
    }

    @Override
    public Object prepared() {
        return verify(prepared);
    }

    private boolean verify(TimeBasedOneTimePasswordGenerator generator) {
        String code = question.code;
        return generator.isValid(code, NOW) || generator.isValid(code, BEFORE) || generator.isValid(code, AFTER);
    }
}
