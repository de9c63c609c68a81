package dev.watchword.otp.jdbc.faults;

/**
 * An emergency code that a client received.
 *
 * @param number the number of the code in the round: that of the request that issued its set, and its slot
 * @param text the code as it is typed
 */
record EmergencyCode(long number, String text) {
    /** The number of codes in a set. */
    static final int IN_SET = 4;

    /** A code of the first slot with a right check symbol. Nobody issued it. */
    static final String WRONG = "00000-00000-00001";

    static long number(long issue, int slot) {
        return issue * IN_SET + slot;
    }

    static int slot(long number) {
        return (int) (number % IN_SET);
    }
}
