package dev.watchword.otp.lifecycle.operations;

/** A fault in a history. */
public enum HistoryFault {
    /** There is no event with this number, and there are later ones. The finding stands for all missing events in a row. */
    MISSING,
    /** The event does not follow the previous one: it was altered, moved or inserted, or the link of the previous one was altered. */
    ALTERED,
    /** The operator's reason is missing, and the holder's data was never erased. */
    REASON_MISSING,
    /** The enrolment counts this event, and the history ends before it. */
    CUT_OFF,
    /** The history has this event, and the enrolment does not count it. */
    ADDED,
    /** The last event is not the one that the enrolment names as its head. */
    HEAD_ALTERED,
    /** The institution did not make the anchor at this event. */
    ANCHOR_ALTERED
}
