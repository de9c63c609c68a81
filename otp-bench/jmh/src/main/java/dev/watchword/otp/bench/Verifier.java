package dev.watchword.otp.bench;

import java.security.GeneralSecurityException;

/** A library that answers one {@link Question} repeatedly. It keeps nothing from one answer to the next. */
interface Verifier {
    /** Answers with a new secret, for which nothing is prepared. */
    Object fresh() throws GeneralSecurityException;

    /** Answers with every object that can be prepared from the secret. */
    Object prepared() throws GeneralSecurityException;

    /** Returns whether an answer means that the code is right. */
    default boolean isMatch(Object answer) {
        return Boolean.TRUE.equals(answer);
    }
}
