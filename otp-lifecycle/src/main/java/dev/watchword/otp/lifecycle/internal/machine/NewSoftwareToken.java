package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SigningKey;
import org.jspecify.annotations.Nullable;

/**
 * A new software token.
 *
 * @param serial a serial number that is probably free
 * @param secret the encrypted secret, bound to the serial number
 * @param password the encrypted hash of the activation password
 * @param signing the key with which the app signs transactions; {@code null} if it signs none
 */
public record NewSoftwareToken(
        SerialNumber serial,
        SealedSecret secret,
        SealedSecret password,
        @Nullable SigningKey signing) {}
