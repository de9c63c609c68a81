package dev.watchword.otp.bench;

import com.bastiaanjansen.otp.TOTPGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;

/**
 * OTP-Java with its own verification and a fixed clock. It decodes the Base32 text for every step. In its favour, the
 * bytes of the Base32 text are created before the measurement. A prepared verifier keeps the generator for the secret.
 */
final class OtpJavaVerifier implements Verifier {
    private static final Clock CLOCK = Clock.fixed(Question.NOW, ZoneOffset.UTC);

    private final byte[] base32;
    private final String code;
    private final TOTPGenerator prepared;

    OtpJavaVerifier(Question question) {
        this.base32 = question.base32.getBytes(StandardCharsets.US_ASCII);
        this.code = question.code;
        this.prepared = generator();
    }

    private TOTPGenerator generator() {
        return new TOTPGenerator.Builder(base32)
                .withHOTPGenerator(hotp -> hotp.withPasswordLength(Question.DIGITS))
                .withPeriod(Question.PERIOD)
                .withClock(CLOCK)
                .build();
    }

    @Override
    public Object fresh() {
        return generator().verify(code, 1);
    }

    @Override
    public Object prepared() {
        return prepared.verify(code, 1);
    }
}
