package dev.watchword.otp.bench.store;

/** A verification of holders' codes, by the library or by plain JDBC. */
interface Verifications {
    /**
     * Verifies a holder's code of a time step, which must be accepted.
     *
     * @param holder the number of the holder, from 0
     * @param step the time step, later than every step that this holder has used
     * @param code the code of that time step
     * @throws Exception if the code is not accepted
     */
    void accept(int holder, long step, String code) throws Exception;
}
