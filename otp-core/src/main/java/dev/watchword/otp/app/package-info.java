/**
 * The app's side of a software token, and the sealed answer by which an institution's server hands it its secret.
 *
 * <p>An app keeps its tokens in a {@link dev.watchword.otp.app.TokenVault}; a server seals with
 * {@link dev.watchword.otp.app.SealedAnswer}.
 */
package dev.watchword.otp.app;
