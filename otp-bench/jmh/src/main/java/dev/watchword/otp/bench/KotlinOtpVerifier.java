package dev.watchword.otp.bench;

import dev.turingcomplete.kotlinonetimepassword.HmacAlgorithm;
import dev.turingcomplete.kotlinonetimepassword.TimeBasedOneTimePasswordConfig;
import dev.turingcomplete.kotlinonetimepassword.TimeBasedOneTimePasswordGenerator;
import java.util.concurrent.TimeUnit;

/**
 * kotlin-onetimepassword, which verifies one step at a time. In its favour, the configuration is created before the
 * measurement, and the current step is compared first. A prepared verifier keeps the generator for the secret.
 */
final class KotlinOtpVerifier implements Verifier {
    private static final TimeBasedOneTimePasswordConfig CONFIG = new TimeBasedOneTimePasswordConfig(
            Question.PERIOD.toSeconds(), TimeUnit.SECONDS, Question.DIGITS, HmacAlgorithm.SHA1);

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
        long now = Question.NOW.toEpochMilli();
        long period = Question.PERIOD.toMillis();
        return generator.isValid(code, now)
                || generator.isValid(code, now - period)
                || generator.isValid(code, now + period);
    }
}
