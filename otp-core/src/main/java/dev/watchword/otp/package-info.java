/** One-time passwords: {@link dev.watchword.otp.Totp} of RFC 6238 and {@link dev.watchword.otp.Hotp} of RFC 4226. */
package dev.watchword.otp;
