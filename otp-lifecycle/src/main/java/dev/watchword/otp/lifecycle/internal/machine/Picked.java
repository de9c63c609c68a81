package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.StockedToken;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of an assignment: a token that is in stock and whose encryption was verified.
 *
 * @param stocked the token as the stock has it
 * @param secret its secret, encrypted for the holder's token
 * @param signing its signing key, encrypted for the holder's token; {@code null} if it has none
 */
public record Picked(
        StockedToken stocked, SealedSecret secret, @Nullable SigningKey signing) {}
