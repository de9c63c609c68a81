package dev.watchword.otp.lifecycle;

/** What is wrong with a history. */
public enum HistoryFault {
    /** There is no event of this number, but there are later ones. */
    MISSING,
    /** The event does not follow on the one before: it was changed, moved from elsewhere, or put in. */
    ALTERED,
    /** The operator's words are gone, though the holder's data was never erased. */
    REASON_MISSING,
    /** The enrolment counts this event, but the history ends before it. */
    CUT_OFF,
    /** The history has this event, but the enrolment does not count it. */
    ADDED,
    /** The event is the last one, but not the one that the enrolment knows. */
    HEAD_ALTERED,
    /** The anchor behind this event was not made by the institution. */
    ANCHOR_ALTERED
}
