import org.jspecify.annotations.NullMarked;

/**
 * The core of Watchword: generates and verifies one-time passwords, HOTP (RFC 4226) and TOTP (RFC 6238), and responses to
 * challenges, OCRA (RFC 6287).
 *
 * <p>Package {@code dev.watchword.otp} contains the algorithms. It reads no clock, stores nothing and starts no thread.
 * The caller passes the instant or the counter, and records the result.
 *
 * <p>Package {@code dev.watchword.otp.signing} contains the requests to sign a transaction. An institution and an app
 * derive the same challenge from them.
 *
 * <p>Package {@code dev.watchword.otp.app} contains the app's side of a software token. It also takes the instant as an
 * argument. It stores tokens in a file of the caller's choice.
 *
 * <p>Package {@code dev.watchword.otp.testing} contains a clock, an authenticator and a device for challenges, for tests.
 */
@NullMarked
module dev.watchword.otp.core {
    requires static com.google.zxing;
    requires static org.jspecify;
    requires org.bouncycastle.provider;

    exports dev.watchword.otp;
    exports dev.watchword.otp.app;
    exports dev.watchword.otp.signing;
    exports dev.watchword.otp.testing;
}
