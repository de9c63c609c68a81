package dev.watchword.otp.bench;

import com.atlassian.onetime.core.HMACDigest;
import com.atlassian.onetime.core.OTPLength;
import com.atlassian.onetime.core.TOTP;
import com.atlassian.onetime.core.TOTPGenerator;
import com.atlassian.onetime.model.TOTPSecret;
import com.atlassian.onetime.service.DefaultTOTPService;
import com.atlassian.onetime.service.TOTPConfiguration;
import com.atlassian.onetime.service.TOTPVerificationResult;
import java.time.Clock;
import java.time.ZoneOffset;

/**
 * 1time with its own service and a fixed clock. It always generates the codes of the whole window. In its favour, the
 * service is created before the measurement. A prepared verifier also keeps the object of the secret.
 */
final class OneTimeVerifier implements Verifier {
    private static final int EPOCH = 0;

    private final DefaultTOTPService service = new DefaultTOTPService(
            new TOTPGenerator(
                    Clock.fixed(Question.NOW, ZoneOffset.UTC),
                    EPOCH,
                    (int) Question.PERIOD.toSeconds(),
                    OTPLength.EIGHT,
                    HMACDigest.SHA1),
            new TOTPConfiguration(1, 1));
    private final byte[] secret;
    private final String code;
    private final TOTPSecret prepared;

    OneTimeVerifier(Question question) {
        this.secret = question.secret;
        this.code = question.code;
        this.prepared = new TOTPSecret(secret);
    }

    @Override
    public Object fresh() {
        return service.verify(new TOTP(code), new TOTPSecret(secret));
    }

    @Override
    public Object prepared() {
        return service.verify(new TOTP(code), prepared);
    }

    @Override
    public boolean isMatch(Object answer) {
        return answer instanceof TOTPVerificationResult.Success;
    }
}
