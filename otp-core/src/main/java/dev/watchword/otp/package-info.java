/**
 * One-time passwords: {@link dev.watchword.otp.Totp} (RFC 6238) and {@link dev.watchword.otp.Hotp} (RFC 4226). Responses to
 * challenges and signatures of short data: {@link dev.watchword.otp.Ocra} (RFC 6287).
 *
 * <p>Arguments MUST NOT be {@code null} unless their type is {@code @Nullable}. A method that receives another {@code
 * null} throws a {@link NullPointerException}.
 *
 * <p>All public types are immutable, except that an {@link dev.watchword.otp.OtpSecret} can be destroyed. They are
 * safe for use by several threads.
 */
package dev.watchword.otp;
