package dev.watchword.otp.jdbc.faults;

/** A network fault that affects one message or all messages. */
enum Cut {
    /** The connection breaks before a commit reaches the server. */
    RESET_BEFORE_COMMIT,
    /** A commit reaches the server, and the connection breaks before its answer. */
    RESET_AFTER_COMMIT,
    /** A commit is delayed, perhaps beyond the client's timeout, and then reaches the server. */
    DELAY_COMMIT,
    /** The connection breaks within a request. */
    TEAR_REQUEST,
    /** The connection breaks within an answer. */
    TEAR_ANSWER,
    /** A request and all that follows are dropped without notice. */
    DROP_REQUEST,
    /** An answer and all that follows are dropped without notice. */
    DROP_ANSWER,
    /** All connections break. */
    RESET_ALL,
    /** All messages are dropped for a while, also those of new connections. */
    DROP_ALL
}
