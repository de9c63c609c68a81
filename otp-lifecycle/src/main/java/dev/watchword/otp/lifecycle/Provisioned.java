package dev.watchword.otp.lifecycle;

import dev.watchword.otp.app.SealedAnswer;

/**
 * That the app may have its secret.
 *
 * @param sealedAnswer what to send to the device, which alone can open it
 * @param registration how the holder stands after it
 */
public record Provisioned(SealedAnswer sealedAnswer, Registration registration) implements ProvisionOutcome {}
