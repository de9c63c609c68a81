package dev.watchword.otp.lifecycle.testing;

/** One mistake each, as stores in the wild make them. */
enum Flaw {
    /** No mistake: the control, which must pass. */
    NONE,
    /** Finds an empty enrolment where there is none. */
    FINDS_WHAT_IS_NOT_THERE,
    /** Writes without looking at the version: an UPDATE without its condition. */
    IGNORES_THE_VERSION,
    /** Lets a second first change through: an upsert. */
    OVERWRITES_A_HOLDER,
    /** Looks at the version and at what is taken, and writes later: a SELECT, then an UPDATE. */
    CHECKS_THEN_ACTS,
    /** Writes back what it read, with what others wrote in between undone. */
    WRITES_BACK_ALL_IT_READ,
    /** Writes the events before it knows whether the change is stored. */
    WRITES_EVENTS_APART,
    /** Writes the events a little later than their change. */
    WRITES_EVENTS_LATER,
    /** Writes the first event of a change only. */
    DROPS_THE_SECOND_EVENT,
    /** Writes no event. */
    WRITES_NO_EVENT,
    /** Gives events back in another order. */
    LOSES_THE_ORDER,
    /** Begins a piece of history one too early. */
    READS_AN_EVENT_TWICE,
    /** Keeps one history for all holders of an institution. */
    MIXES_HISTORIES,
    /** Cuts the operator's words. */
    CUTS_REASONS,
    /** Knows a change again that it refused. */
    REMEMBERS_WHAT_IT_REFUSED,
    /** Does not know a change again. */
    FORGETS_CHANGES,
    /** Knows only the last change again. */
    KNOWS_THE_LAST_CHANGE_ONLY,
    /** Reads the token of a turn before it waits, and the rest afterwards: a locking read of PostgreSQL with a join. */
    READS_THE_TOKEN_BEFORE_ITS_TURN,
    /** Says that it stored what a turn committed, and rolls it back. */
    FORGETS_WHAT_A_TURN_COMMITTED,
    /** Does not look at the version in a turn, for it has a lock. */
    TRUSTS_ITS_LOCK,
    /** Does not know a change again in a turn. */
    FORGETS_CHANGES_IN_A_TURN,
    /** Keeps the lock of a turn that committed nothing. */
    KEEPS_ITS_LOCK,
    /** Gives one user ID to two holders. */
    SHARES_USER_IDS,
    /** Frees the serial number of a revoked token. */
    FREES_SERIALS,
    /** Keeps what a stale change claimed. */
    KEEPS_CLAIMS_OF_STALE_CHANGES,
    /** Lets a serial number return to the holder who had it. */
    RETURNS_SERIALS_TO_THEIR_HOLDER,
    /** Gives a token its place without looking whether it is the one that was there. */
    TAKES_AN_OLD_SERIAL_FOR_THE_SAME_TOKEN,
    /** Looks at what is taken before it looks at the version. */
    TELLS_WHAT_IS_TAKEN_FIRST,
    /** Says that it stored what it did not. */
    SAYS_COMMITTED,
    /** Keeps the holders of all institutions together. */
    MIXES_INSTITUTIONS,
    /** Compares holders without regard to case. */
    IGNORES_CASE,
    /** Replaces characters by others that look alike. */
    NORMALIZES_TEXT,
    /** Keeps the secret of a revoked token, and so its state. */
    KEEPS_THE_SECRET,
    /** Changes only the state of a stored token. */
    UPDATES_THE_STATE_ONLY,
    /** Keeps the revoked token where another took its place. */
    KEEPS_THE_OLD_TOKEN,
    /** Forgets how many wrong codes there were. */
    FORGETS_FAILURES,
    /** Takes step 0 for none. */
    FORGETS_STEP_ZERO,
    /** Forgets by how much a token's clock is off. */
    FORGETS_THE_DRIFT,
    /** Forgets what waits for its activation. */
    FORGETS_WHAT_WAITS,
    /** Forgets when a fob was sent. */
    FORGETS_WHEN_IT_WAS_SENT,
    /** Forgets when a software token was revoked. */
    FORGETS_REVOCATIONS,
    /** Forgets where a holder is written to. */
    FORGETS_ADDRESSES,
    /** Forgets with what a holder confirms. */
    FORGETS_FACTORS,
    /** Finds nobody by a user ID. */
    FINDS_NOBODY_BY_USER_ID,
    /** Has fobs in stock whose batch is not published. */
    STOCKS_WHAT_IS_STAGED,
    /** Leaves a fob in stock that was given out. */
    GIVES_A_FOB_OUT_TWICE,
    /** Forgets the drift that the maker of a fob noted. */
    FORGETS_THE_DRIFT_OF_FOBS,
    /** Takes every counter of a fob for 0. */
    FORGETS_THE_COUNTER_OF_FOBS,
    /** Has one stock for all institutions. */
    MIXES_STOCKS,
    /** Stages a fob over that of another batch. */
    STAGES_OVER_OTHERS,
    /** Does not say of a fob that it came before in the same batch. */
    TAKES_ITS_OWN_FOR_NEW,
    /** Says of no serial number that it is taken. */
    HIDES_WHAT_IS_TAKEN,
    /** Lets a software token have the serial number of a fob. */
    SHARES_SERIALS_OF_FOBS,
    /** Takes a fob that was in use elsewhere out of the stock, where it never was. */
    TAKES_EVERY_FOB_FROM_THE_STOCK,
    /** Does not tell that the serial number of a token is taken. */
    KNOWS_NO_CLAIMED_SERIALS,
    /** Does not tell that the serial number of a fob is taken. */
    KNOWS_NO_SERIALS_OF_FOBS,
    /** Keeps the serial numbers of a discarded batch. */
    KEEPS_WHAT_IS_DISCARDED,
    /** Discards a published batch. */
    DISCARDS_THE_STOCK,
    /** Stages more fobs in a published batch. */
    STAGES_IN_THE_STOCK,
    /** Publishes a batch however many fobs it has. */
    PUBLISHES_ANY_NUMBER,
    /** Publishes a batch once only. */
    PUBLISHES_ONCE,
    /** Forgets suspensions. */
    FORGETS_SUSPENSIONS,
    /** Keeps instants in milliseconds. */
    CUTS_INSTANTS,
    /** Cuts long secrets. */
    CUTS_SECRETS,
    /** Forgets what ties events together. */
    FORGETS_LINKS,
    /** Keeps the words that are to be erased. */
    KEEPS_WHAT_IS_ERASED,
    /** Lists the enrolments of other institutions too. */
    LISTS_ALL_INSTITUTIONS,
    /** Begins a page with the last one of the page before. */
    LISTS_A_HOLDER_TWICE,
    /** Leaves out the last holder of an institution for those who archive. */
    FORGETS_WHOSE_HISTORIES_IT_HAS,
    /** Does not compare the anchor before it cuts. */
    ARCHIVES_FROM_ANY_ANCHOR,
    /** Cuts a history off and keeps no anchor. */
    FORGETS_ANCHORS,
    /** Anchors a history and deletes nothing. */
    KEEPS_WHAT_IS_ARCHIVED,
    /** Takes a holder for done after the first event. */
    SKIPS_LATER_EVENTS,
    /** Takes a consumer that comes late for one that has all. */
    FORGETS_LATE_CONSUMERS,
    /** Keeps the place of a consumer that retired. */
    KEEPS_RETIRED_CONSUMERS,
    /** Begins every page of who is due at the beginning. */
    LISTS_WHO_IS_DUE_FROM_THE_START,
    /** Lends a holder's events to whoever asks. */
    LEASES_TO_EVERYBODY,
    /** Lets no lease end. */
    LEASES_FOR_EVER,
    /** Records the progress of a worker whose lease has ended. */
    ADVANCES_WITHOUT_A_LEASE,
    /** Has one place for all consumers. */
    MIXES_CONSUMERS,
    /** Archives events that a consumer has not got. */
    ARCHIVES_WHAT_IS_NOT_CONSUMED,
    /** Puts what was sealed anew in the place of a later version. */
    SEALS_ANEW_WHAT_WAS_CHANGED,
    /** Seals anew behind the back of whoever decides on the version. */
    SEALS_ANEW_IN_THE_SAME_VERSION,
    /** Does not compare the secret that it replaces in the stock. */
    SEALS_ANEW_ANY_STOCK,
    /** Lists what expires at the first instant that is too late. */
    LISTS_WHAT_EXPIRES_TOO_LATE,
    /** Leaves out what expires at the first instant. */
    LEAVES_OUT_THE_FIRST_INSTANT,
    /** Lists a revoked token as one that expires. */
    LISTS_WHAT_IS_REVOKED,
    /** Begins a page after the instant at which the page before has ended. */
    LISTS_ONE_OF_AN_INSTANT,
    /** Leaves out suspended tokens that wait. */
    LISTS_NO_SUSPENDED_THAT_WAIT,
    /** Leaves out orders to which no fob was assigned. */
    LISTS_NO_ORDERS,
    /** Lists staged fobs as such that can be assigned. */
    LISTS_STAGED_FOBS_AS_AVAILABLE,
    /** Lists the fobs of a state as they come. */
    LISTS_FOBS_WITHOUT_ORDER
}
