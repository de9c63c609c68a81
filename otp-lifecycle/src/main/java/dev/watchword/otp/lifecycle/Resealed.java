package dev.watchword.otp.lifecycle;

/**
 * How far sealing anew came.
 *
 * @param holders how many enrolments were sealed anew
 * @param fobs how many fobs in stock were
 */
public record Resealed(long holders, long fobs) {}
