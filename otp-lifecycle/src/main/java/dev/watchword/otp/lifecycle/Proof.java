package dev.watchword.otp.lifecycle;

/** What looking at a password or a mail code showed. */
enum Proof {
    /** The holder gave none. */
    NOT_GIVEN,
    /** It is right. */
    RIGHT,
    /** It is wrong. */
    WRONG,
    /** What it was compared with is not there any more. */
    OVERTAKEN
}
