package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;

/**
 * A new software token.
 *
 * @param serial a serial number that is probably free
 * @param secret the encrypted secret, bound to the serial number
 * @param password the encrypted hash of the activation password
 */
public record NewSoftwareToken(SerialNumber serial, SealedSecret secret, SealedSecret password) {}
