package dev.watchword.otp.lifecycle.model;

/** The first events that a new consumer of the event feed receives. */
public enum FeedStart {
    /** Every event that is not archived, from the first one on. */
    FIRST_EVENT,
    /** The events that are committed after the consumer was created. */
    NOW
}
