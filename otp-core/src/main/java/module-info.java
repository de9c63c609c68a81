import org.jspecify.annotations.NullMarked;

/**
 * What a one-time password is: HOTP (RFC 4226) and TOTP (RFC 6238), generated and verified.
 *
 * <p>Everything here is immutable or pure: no clock is read, nothing is stored, and no thread is started.
 */
@NullMarked
module dev.watchword.otp.core {
    requires static com.google.zxing;
    requires static org.jspecify;
    requires org.bouncycastle.provider;

    exports dev.watchword.otp;
    exports dev.watchword.otp.app;
    exports dev.watchword.otp.testing;
}
