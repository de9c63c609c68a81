/**
 * The app's side of a software token, and the sealed answer by which an institution's server sends the app its secret.
 *
 * <p>An app keeps its tokens in a {@link dev.watchword.otp.app.TokenVault}. A server seals a token's contents with
 * {@link dev.watchword.otp.app.SealedAnswer}. It seals a request to sign a transaction with {@link
 * dev.watchword.otp.app.SealedRequest}, and the vault opens and answers it.
 *
 * <p>Arguments MUST NOT be {@code null} unless their type is {@code @Nullable}.
 */
package dev.watchword.otp.app;
