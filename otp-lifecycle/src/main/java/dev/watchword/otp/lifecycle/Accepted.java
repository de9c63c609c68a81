package dev.watchword.otp.lifecycle;

/**
 * That an operation was done, and is stored with its event.
 *
 * @param registration how the holder stands after it
 */
public record Accepted(Registration registration) implements Outcome {}
