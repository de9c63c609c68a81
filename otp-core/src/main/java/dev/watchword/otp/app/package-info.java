/**
 * The app's side of a software token, and the sealed answer by which an institution's server hands it its secret.
 *
 * <p>A server seals with {@link dev.watchword.otp.app.SealedAnswer}, and an app opens with its
 * {@link dev.watchword.otp.app.DeviceKey}.
 */
package dev.watchword.otp.app;
