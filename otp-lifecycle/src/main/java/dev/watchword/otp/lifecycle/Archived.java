package dev.watchword.otp.lifecycle;

/**
 * How far archiving came.
 *
 * @param holders how many holders had events archived
 * @param events how many events were archived
 * @param held how many holders have events that are old enough, but not consumed yet
 */
public record Archived(long holders, long events, long held) {}
