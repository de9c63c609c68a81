package dev.watchword.otp.app;

/** The reason why a vault returns no request for the holder's approval. */
public enum RequestRefusal implements OpenedRequest {
    /**
     * The request is not from the institution, was changed, or is for another token or device; or the user has no token
     * that signs.
     */
    DOES_NOT_OPEN,

    /** The request or the token has expired. */
    EXPIRED,

    /** The holder approved or refused the request before. */
    ALREADY_ANSWERED,

    /** The vault holds the maximum number of answers to requests that have not expired. */
    TOO_MANY_ANSWERED
}
