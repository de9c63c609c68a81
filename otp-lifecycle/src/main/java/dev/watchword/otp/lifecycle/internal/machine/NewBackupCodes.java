package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.SealedSecret;

/**
 * New emergency codes or recovery codes.
 *
 * @param hashes the encrypted hashes of the codes
 * @param count the number of codes, in the slots from 0
 */
public record NewBackupCodes(SealedSecret hashes, int count) {}
