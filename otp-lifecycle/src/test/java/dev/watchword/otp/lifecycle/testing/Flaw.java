package dev.watchword.otp.lifecycle.testing;

/** A defect that real stores have. */
enum Flaw {
    /** Offers capabilities that it does not have. */
    OFFERS_UNKNOWN_CAPABILITIES,
    /** Offers itself as a capability. */
    OFFERS_ITSELF,
    /** No defect. This control must pass. */
    NONE,
    /** Finds an empty enrolment instead of reporting a missing one. */
    FINDS_MISSING_ENROLMENTS,
    /** Ignores the version: an UPDATE without its condition. */
    IGNORES_THE_VERSION,
    /** Accepts a second first change: an upsert. */
    OVERWRITES_A_HOLDER,
    /** Checks the version and the claims, and writes later: a SELECT, then an UPDATE. */
    CHECKS_THEN_ACTS,
    /** Writes back all that it read, and undoes concurrent changes. */
    WRITES_BACK_ALL_IT_READ,
    /** Writes the events even if it rejects the change. */
    WRITES_EVENTS_OF_REJECTED_CHANGES,
    /** Writes the events after it released the lock of the change. */
    WRITES_EVENTS_LATER,
    /** Writes only the first event of a change. */
    DROPS_THE_SECOND_EVENT,
    /** Writes no event. */
    WRITES_NO_EVENT,
    /** Returns events in the reverse order. */
    LOSES_THE_ORDER,
    /** Begins a page of history one event too early. */
    READS_AN_EVENT_TWICE,
    /** Keeps one history for all holders of an institution. */
    MIXES_HISTORIES,
    /** Writes events with the numbers of stored ones. */
    WRITES_TAKEN_EVENT_NUMBERS,
    /** Writes nothing and reports a lost race if an event number is taken. */
    TAKES_A_TAKEN_EVENT_FOR_A_LOST_RACE,
    /** Forgets the authentication code of an enrolment. */
    FORGETS_ROW_MACS,
    /** Cuts the authentication code of an enrolment to 32 bytes. */
    CUTS_ROW_MACS,
    /** Cuts the operator's reason to 255 characters. */
    CUTS_REASONS,
    /** Forgets the sources of events. */
    FORGETS_SOURCES,
    /** Forgets the references of events. */
    FORGETS_REFERENCES,
    /** Treats a rejected change as stored when it is repeated. */
    REMEMBERS_REJECTED_CHANGES,
    /** Does not recognise a repeated change. */
    FORGETS_CHANGES,
    /** Recognises only the last change when it is repeated. */
    KNOWS_THE_LAST_CHANGE_ONLY,
    /** Reads the token before it gets the lock, and the rest afterwards: a locking read of PostgreSQL with a join. */
    READS_THE_TOKEN_BEFORE_THE_LOCK,
    /** Reports a commit within an attempt, and rolls it back. */
    ROLLS_A_COMMITTED_ATTEMPT_BACK,
    /** Ignores the version within an attempt, because it holds a lock. */
    IGNORES_THE_VERSION_IN_AN_ATTEMPT,
    /** Does not recognise a repeated change within an attempt. */
    FORGETS_CHANGES_IN_AN_ATTEMPT,
    /** Keeps the lock of an attempt that committed nothing. */
    KEEPS_ITS_LOCK,
    /** Gives one user ID to two holders. */
    SHARES_USER_IDS,
    /** Frees the serial number of a revoked token. */
    FREES_SERIALS,
    /** Keeps the user ID that a stale change claimed. */
    KEEPS_CLAIMS_OF_STALE_CHANGES,
    /** Keeps the serial number of the first new token if that of the second is taken. */
    KEEPS_THE_FIRST_OF_TWO_TOKENS,
    /** Accepts a serial number again from its former holder. */
    RETURNS_SERIALS_TO_THEIR_HOLDER,
    /** Accepts another token with the serial number of the stored one. */
    TAKES_AN_OLD_SERIAL_FOR_THE_SAME_TOKEN,
    /** Checks user ID and serial number before the version. */
    CHECKS_CLAIMS_BEFORE_THE_VERSION,
    /** Reports a rejected change as stored. */
    SAYS_COMMITTED,
    /** Ignores the institution of a holder. */
    MIXES_INSTITUTIONS,
    /** Compares holders without case. */
    IGNORES_CASE,
    /** Compares serial numbers without case. */
    IGNORES_THE_CASE_OF_SERIALS,
    /** Normalizes the names of holders to NFKC. */
    NORMALIZES_TEXT,
    /** Keeps the secret and the state of a token that is revoked. */
    KEEPS_THE_SECRET,
    /** Changes only the state of a stored token. */
    UPDATES_THE_STATE_ONLY,
    /** Keeps the revoked token instead of its successor. */
    KEEPS_THE_OLD_TOKEN,
    /** Loses the number of wrong codes. */
    FORGETS_FAILURES,
    /** Confuses step 0 with no step. */
    FORGETS_STEP_ZERO,
    /** Loses the drift of a token's clock. */
    FORGETS_THE_DRIFT,
    /** Loses tokens and orders that are not activated yet. */
    FORGETS_PENDING_TOKENS,
    /** Loses the instant at which a hardware token was sent. */
    FORGETS_SENDING_TIMES,
    /** Loses the instant at which a provisioned software token ended. */
    FORGETS_ENDED_SOFTWARE,
    /** Loses the suspension of a holder. */
    FORGETS_SUSPENSIONS_OF_HOLDERS,
    /** Does not keep whether login required a code when the suspension of the holder began. */
    FORGETS_WHAT_LOGIN_ASKED,
    /** Skips the suspension of a holder if nothing else changes. */
    SKIPS_A_LONE_SUSPENSION,
    /** Does not keep that the counter of an HOTP token is unknown. */
    FORGETS_UNKNOWN_COUNTERS,
    /** Loses the keys with which tokens of holders sign. */
    FORGETS_SIGNING_KEYS,
    /** Loses the last spent step of a key for signing. */
    FORGETS_SIGNED_STEPS,
    /** Loses the day of the last accepted code. */
    FORGETS_THE_LAST_DAY,
    /** Loses the number of times that a device received its answer again. */
    FORGETS_REPEATS,
    /** Loses a holder's mail address. */
    FORGETS_ADDRESSES,
    /** Loses a holder's password and mail code. */
    FORGETS_FACTORS,
    /** Loses a holder's emergency codes and recovery codes. */
    FORGETS_BACKUP_CODES,
    /** Cuts the hashes of recovery codes. */
    CUTS_BACKUP_CODES,
    /** Loses the number of wrong emergency codes and recovery codes. */
    FORGETS_WRONG_BACKUP_CODES,
    /** Finds no holder by user ID. */
    FINDS_NOBODY_BY_USER_ID,
    /** Finds tokens in stock whose batch is not published. */
    FINDS_STAGED_TOKENS,
    /** Leaves an assigned token in stock. */
    ASSIGNS_A_TOKEN_TWICE,
    /** Assigns a token with an older encrypted secret than the stored one. */
    ASSIGNS_AN_OLD_SECRET,
    /** Loses the drift that the manufacturer recorded. */
    FORGETS_THE_DRIFT_OF_STOCK,
    /** Reads every counter in stock as 0. */
    FORGETS_THE_COUNTER_OF_STOCK,
    /** Loses the keys with which tokens in stock sign. */
    FORGETS_THE_SIGNING_KEYS_OF_STOCK,
    /** Has one stock for all institutions. */
    MIXES_STOCKS,
    /** Replaces a token of another batch on staging. */
    STAGES_OVER_OTHERS,
    /** Does not report a serial number that occurs twice in a batch. */
    STAGES_A_SERIAL_TWICE,
    /** Reports no serial number as taken. */
    HIDES_TAKEN_SERIALS,
    /** Accepts a software token with a serial number of the stock. */
    SHARES_STOCKED_SERIALS,
    /** Looks for a migrated hardware token in the stock. */
    TAKES_EVERY_HARDWARE_TOKEN_FROM_THE_STOCK,
    /** Reports the serial number of a holder's token as free. */
    KNOWS_NO_CLAIMED_SERIALS,
    /** Reports the serial number of a token in stock as free. */
    KNOWS_NO_STOCKED_SERIALS,
    /** Keeps the serial numbers of a discarded batch. */
    KEEPS_DISCARDED_SERIALS,
    /** Discards a published batch. */
    DISCARDS_A_PUBLISHED_BATCH,
    /** Stages more tokens in a published batch. */
    STAGES_IN_A_PUBLISHED_BATCH,
    /** Lets an import begin a batch that is published. */
    BEGINS_A_PUBLISHED_BATCH,
    /** Keeps the tokens that an earlier import of the batch staged. */
    KEEPS_TOKENS_OF_AN_EARLIER_IMPORT,
    /** Stages tokens for an import that has lost the batch to another one. */
    STAGES_FOR_ANY_IMPORT,
    /** Publishes a batch for an import that has lost it to another one. */
    PUBLISHES_FOR_ANY_IMPORT,
    /** Discards a batch for an import that has lost it to another one. */
    DISCARDS_FOR_ANY_IMPORT,
    /** Publishes a batch of the wrong size. */
    PUBLISHES_ANY_NUMBER,
    /** Accepts a batch without tokens. */
    PUBLISHES_AN_EMPTY_BATCH,
    /** Rejects the repeated publication of a batch. */
    PUBLISHES_ONCE,
    /** Loses suspensions. */
    FORGETS_SUSPENSIONS,
    /** Cuts instants to milliseconds. */
    CUTS_INSTANTS,
    /** Cuts secrets to 64 bytes. */
    CUTS_SECRETS,
    /** Loses the links between events. */
    FORGETS_LINKS,
    /** Keeps the reasons that an erasure deletes. */
    KEEPS_ERASED_REASONS,
    /** Records another operator with a withdrawal. */
    FORGETS_WHO_WITHDREW,
    /** Withdraws tokens of a batch that is not published. */
    WITHDRAWS_STAGED_TOKENS,
    /** Withdraws tokens of holders from the stock. */
    WITHDRAWS_ASSIGNED_TOKENS,
    /** Makes the serial number of a withdrawn token free. */
    FREES_WITHDRAWN_SERIALS,
    /** Keeps a withdrawn token in stock. */
    KEEPS_WITHDRAWN_TOKENS,
    /** Lists the tokens of other batches too. */
    LISTS_EVERY_BATCH,
    /** Lists a range of serial numbers without its last one. */
    LISTS_A_RANGE_WITHOUT_ITS_END,
    /** Keeps the origins that an erasure deletes. */
    KEEPS_ERASED_ORIGINS,
    /** Lists the enrolments of other institutions too. */
    LISTS_ALL_INSTITUTIONS,
    /** Begins a page with the last holder of the page before. */
    LISTS_A_HOLDER_TWICE,
    /** Leaves the last holder of an institution out of its pages. */
    LEAVES_OUT_THE_LAST_HOLDER,
    /** Does not compare the anchor before it archives. */
    ARCHIVES_FROM_ANY_ANCHOR,
    /** Deletes archived events without storing the anchor. */
    FORGETS_ANCHORS,
    /** Stores the anchor without deleting archived events. */
    KEEPS_ARCHIVED_EVENTS,
    /** Regards a holder as done after the first event. */
    SKIPS_LATER_EVENTS,
    /** Regards a new consumer as having consumed all events. */
    FORGETS_LATE_CONSUMERS,
    /** Keeps the position of a retired consumer. */
    KEEPS_RETIRED_CONSUMERS,
    /** Lists no consumer. */
    LISTS_NO_CONSUMER,
    /** Begins every page of due holders with the first holder. */
    LISTS_DUE_HOLDERS_FROM_THE_START,
    /** Grants a lease while another worker holds one. */
    LEASES_TO_EVERYBODY,
    /** Grants leases that never end. */
    LEASES_FOR_EVER,
    /** Records the progress of a worker whose lease has ended. */
    ADVANCES_WITHOUT_A_LEASE,
    /** Keeps one position for all consumers. */
    MIXES_CONSUMERS,
    /** Returns that it created a consumer that exists. */
    CREATES_CONSUMERS_TWICE,
    /** Lets a consumer from now on receive all events. */
    STARTS_EVERY_CONSUMER_AT_THE_FIRST_EVENT,
    /** Lets a renamed consumer receive all events again. */
    RENAMES_CONSUMERS_TO_THE_FIRST_EVENT,
    /** Loses the end of a consumer's pause. */
    FORGETS_PAUSES,
    /** Retries a failed event at once. */
    FORGETS_DELAYS,
    /** Delivers parked events again. */
    PARKS_FOR_A_MOMENT,
    /** Does not count failed attempts. */
    FORGETS_ATTEMPTS,
    /** Counts the failing holders as one. */
    COUNTS_ONE_FAILING_HOLDER,
    /** Keeps the failures of a consumer after its success. */
    NEVER_RECOVERS,
    /** Records the failure of a worker whose lease has ended. */
    FAILS_WITHOUT_A_LEASE,
    /** Accepts a decision about events that are not parked. */
    RECORDS_DECISIONS_ABOUT_NOTHING,
    /** Records a decision about a parking that has ended, if the same event is parked again. */
    RECORDS_DECISIONS_ABOUT_AN_EARLIER_PARKING,
    /** Loses the decisions of operators. */
    FORGETS_DECISIONS,
    /** Does not report that a consumer's events are parked. */
    HIDES_PARKING,
    /** Keeps the texts of errors and decisions that an erasure deletes. */
    KEEPS_ERASED_TEXTS_OF_THE_FEED,
    /** Archives events before every consumer has read them. */
    ARCHIVES_UNCONSUMED_EVENTS,
    /** Overwrites a later version with a re-encrypted one. */
    REENCRYPTS_STALE_ENROLMENTS,
    /** Re-encrypts without increasing the version. */
    REENCRYPTS_IN_THE_SAME_VERSION,
    /** Re-encrypts a token in stock without comparing the stored one. */
    REENCRYPTS_CHANGED_STOCK,
    /** Lists tokens that expire at the excluded end. */
    LISTS_TOKENS_THAT_EXPIRE_TOO_LATE,
    /** Leaves out tokens that expire at the included start. */
    LEAVES_OUT_THE_FIRST_INSTANT,
    /** Lists revoked tokens as expiring. */
    LISTS_REVOKED_TOKENS,
    /** Skips further tokens of the instant at which the page before ended. */
    LISTS_ONE_OF_AN_INSTANT,
    /** Leaves out suspended tokens that are not activated yet. */
    LISTS_NO_SUSPENDED_PENDING_TOKENS,
    /** Lists tokens that were used on the excluded day. */
    LISTS_TOKENS_USED_ON_THE_DAY,
    /** Lists revoked tokens as unused. */
    LISTS_REVOKED_TOKENS_AS_UNUSED,
    /** Lists the unused tokens in the order of their serial numbers. */
    LISTS_UNUSED_TOKENS_BY_SERIAL,
    /** Counts revoked tokens as tokens in use. */
    COUNTS_REVOKED_TOKENS,
    /** Leaves out tokens that are not activated yet. */
    COUNTS_NO_PENDING_TOKENS,
    /** Counts no suspended token. */
    COUNTS_NO_SUSPENDED_TOKENS,
    /** Finds no holder of a user ID. */
    FINDS_NO_HOLDER_OF_A_USER_ID,
    /** Finds no holder of a token that is pending or revoked. */
    FINDS_HOLDERS_OF_TOKENS_IN_USE_ONLY,
    /** Leaves out suspended holders without a user ID. */
    LISTS_NO_SUSPENDED_STRANGERS,
    /** Lists the suspended holders in the order of their references. */
    LISTS_SUSPENDED_HOLDERS_BY_REFERENCE,
    /** Leaves out orders without an assigned token. */
    LISTS_NO_ORDERS,
    /** Lists staged tokens as available. */
    LISTS_STAGED_TOKENS_AS_AVAILABLE,
    /** Lists the stock by serial number only, not by batch. */
    LISTS_STOCK_WITHOUT_ORDER,
    /** Lists the stock without whether a token can sign. */
    LISTS_STOCK_THAT_CANNOT_SIGN,
    /** Loses the check values of keys. */
    FORGETS_KEY_CHECKS,
    /** Overwrites the check value of a key: an upsert. */
    OVERWRITES_KEY_CHECKS,
    /** Checks whether a key has a check value, and writes later. */
    CHECKS_KEYS_THEN_ACTS,
    /** Keeps the first check value of a key, but returns the given one. */
    RETURNS_THE_GIVEN_KEY_CHECK,
    /** Cuts check values to 16 bytes. */
    CUTS_KEY_CHECKS,
    /** Keeps one check value for the sealing key and the history key of one name. */
    IGNORES_THE_USE_OF_KEYS,
    /** Compares the names of keys without case. */
    IGNORES_THE_CASE_OF_KEYS,
    /** Keeps the check values of all institutions together. */
    MIXES_KEY_CHECKS,
    /** Stores no key of a device. */
    FORGETS_DEVICES,
    /** Keeps the key of a device when its pending token ends. */
    KEEPS_DEVICES_OF_ENDED_TOKENS,
    /** Keeps the key of a device when its token in use is revoked. */
    KEEPS_DEVICES_OF_REVOKED_TOKENS,
    /** Keeps the first key of a device when another one replaces it. */
    KEEPS_THE_FIRST_DEVICE,
    /** Stores the key of a device although the change is stale. */
    STORES_DEVICES_OF_STALE_CHANGES,
    /** Finds the key of a device for every token of its holder. */
    MIXES_DEVICES_OF_TOKENS,
    /** Finds the key of a device for every holder with the serial number. */
    MIXES_DEVICES_OF_HOLDERS,
    /** Finds the key of a device at every institution. */
    MIXES_DEVICES_OF_INSTITUTIONS,
    /** Loses the open signing requests. */
    FORGETS_SIGNING_REQUESTS,
    /** Loses the name of the detail that a holder types. */
    FORGETS_TYPED_DETAILS,
    /** Loses the signing request of an event. */
    FORGETS_REQUESTS_OF_EVENTS
}
