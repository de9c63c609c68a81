/**
 * Requests to sign a transaction: the details that the holder approves, and the OCRA challenge that stands for them (RFC
 * 6287). The institution and the holder's device derive the same challenge from the same request.
 *
 * <p>Arguments MUST NOT be {@code null} unless their type is {@code @Nullable}.
 */
package dev.watchword.otp.signing;
