package dev.watchword.otp;

import java.util.OptionalLong;

/**
 * The result of verifying an OCRA response. The verification spends, stores and counts nothing. Immutable.
 *
 * <p>Only {@link Matched} means that the response is right. The caller MUST then record the challenge and the counter as
 * spent. Until the caller has done so, the same response can match again.
 */
public sealed interface OcraVerification {

    /** The response belongs to no counter and time step that was compared. */
    OcraVerification WRONG = new Wrong();

    /** The text is not a response. The secret was not used. */
    OcraVerification MALFORMED = new Malformed();

    /**
     * The response is right.
     *
     * @param counter the counter of the response, or empty if the suite has no counter. The next counter is one greater
     * @param step the time step of the response, or empty if the suite has no timestamp
     * @param drift the number of time steps from the step of the instant to the matched step. Negative if the matched
     *     step is earlier, and 0 if the suite has no timestamp
     */
    record Matched(OptionalLong counter, OptionalLong step, int drift) implements OcraVerification {}

    /** The response matches no compared pair of a counter and a time step. Use {@link #WRONG}. */
    record Wrong() implements OcraVerification {}

    /** The text does not have the form of a response of the suite. Use {@link #MALFORMED}. */
    record Malformed() implements OcraVerification {}
}
