package dev.watchword.otp.bench;

import java.security.GeneralSecurityException;

/** A library that is asked one {@link Question} over and over, each time from the start. */
interface Verifier {
    /** Answers for a secret that was not seen before. */
    Object fresh() throws GeneralSecurityException;

    /** Answers with all that can be made of the secret beforehand. */
    Object prepared() throws GeneralSecurityException;

    /** Says whether an answer means that the code is right. */
    default boolean isMatch(Object answer) {
        return Boolean.TRUE.equals(answer);
    }
}
