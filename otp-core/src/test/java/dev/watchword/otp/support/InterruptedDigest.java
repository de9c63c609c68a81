package dev.watchword.otp.support;

import java.security.MessageDigest;

/** A digest that runs an interruption whenever it is fed, and hashes nothing. Its copies run the same interruption. */
public final class InterruptedDigest extends MessageDigest implements Cloneable {
    private final Runnable interruption;

    /** Creates a digest that passes as SHA-1. */
    public InterruptedDigest(Runnable interruption) {
        super("SHA-1");
        this.interruption = interruption;
    }

    @Override
    protected void engineUpdate(byte input) {}

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        interruption.run();
    }

    @Override
    protected byte[] engineDigest() {
        return new byte[20];
    }

    @Override
    protected void engineReset() {}
}
