package dev.watchword.otp.bench.store;

/** Accepts the codes of holders, by our library or by hand. */
interface Verifications {
    /**
     * Accepts a holder's code of a time step.
     *
     * @param holder the number of the holder
     * @param step the time step, later than any before of this holder
     * @param code the code of that step
     * @throws Exception if it is not accepted
     */
    void accept(int holder, long step, String code) throws Exception;
}
