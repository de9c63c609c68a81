package dev.watchword.otp.jdbc.faults;

/** What befalls a message on the network, or all of it. */
enum Cut {
    /** The connection breaks before a commit reaches the server. */
    RESET_BEFORE_COMMIT,
    /** A commit reaches the server, and the connection breaks before its answer. */
    RESET_AFTER_COMMIT,
    /** A commit is held up, perhaps for longer than the client waits, and reaches the server then. */
    DELAY_COMMIT,
    /** The connection breaks amid a request. */
    TEAR_REQUEST,
    /** The connection breaks amid an answer. */
    TEAR_ANSWER,
    /** A request is swallowed, and all that follows, and nobody is told. */
    DROP_REQUEST,
    /** An answer is swallowed, and all that follows, and nobody is told. */
    DROP_ANSWER,
    /** All connections break. */
    RESET_ALL,
    /** All messages are swallowed, and those on new connections, for a while. */
    DROP_ALL
}
