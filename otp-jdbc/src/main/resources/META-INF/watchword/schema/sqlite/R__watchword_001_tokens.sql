-- The key (service_id, holder) finds every row about a holder. The enrolment's version decides every race. Instants are
-- microseconds since 1970-01-01 UTC. Each statement can be repeated, because it may be committed at once and the process may
-- die before the next one.
CREATE TABLE IF NOT EXISTS ${prefix}schema_version (
    script TEXT NOT NULL,
    PRIMARY KEY (script)
) STRICT;

CREATE TABLE IF NOT EXISTS ${prefix}enrolment (
    service_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    version INTEGER NOT NULL,
    event_count INTEGER NOT NULL,
    head_key_name TEXT NOT NULL,
    head TEXT NOT NULL,
    fed_count INTEGER DEFAULT 0 NOT NULL,
    unfed INTEGER GENERATED ALWAYS AS (event_count > fed_count) STORED,
    user_id TEXT,
    serial TEXT,
    waiting_serial TEXT,
    lapses_at INTEGER,
    order_state TEXT CHECK (order_state IN ('PLACED', 'ASSIGNED', 'SENT')),
    order_placed_at INTEGER,
    order_assigned_at INTEGER,
    order_sent_at INTEGER,
    software_ended_at INTEGER,
    holder_suspension_reason TEXT,
    holder_suspended_since INTEGER,
    holder_suspended_by TEXT,
    login_asked_for_code INTEGER CHECK (login_asked_for_code IN (FALSE, TRUE)),
    mail_address TEXT,
    password_key_name TEXT,
    password_hash BLOB,
    password_failures INTEGER NOT NULL,
    mail_code_key_name TEXT,
    mail_code_hash BLOB,
    mail_code_operation TEXT,
    mail_code_destination TEXT,
    mail_code_sent_at INTEGER,
    mail_code_expires_at INTEGER,
    mail_code_failures INTEGER NOT NULL,
    proof_nonce_hash BLOB,
    proof_operation TEXT,
    proof_serial TEXT,
    proof_expires_at INTEGER,
    open_requests TEXT,
    emergency_key_name TEXT,
    emergency_hashes BLOB,
    emergency_unused INTEGER,
    emergency_failures INTEGER,
    emergency_created_at INTEGER,
    emergency_expires_at INTEGER,
    recovery_key_name TEXT,
    recovery_hashes BLOB,
    recovery_unused INTEGER,
    recovery_failures INTEGER,
    recovery_created_at INTEGER,
    backup_failures INTEGER NOT NULL,
    row_mac BLOB NOT NULL,
    PRIMARY KEY (service_id, holder),
    CHECK (user_id IS NOT NULL OR (serial IS NULL AND lapses_at IS NULL)),
    CHECK ((lapses_at IS NULL) = (waiting_serial IS NULL AND order_state IS NULL)),
    CHECK ((order_state IS NULL) = (order_placed_at IS NULL)),
    CHECK ((holder_suspension_reason IS NULL) = (holder_suspended_since IS NULL)),
    CHECK ((holder_suspension_reason IS NULL) = (holder_suspended_by IS NULL)),
    CHECK ((holder_suspension_reason IS NULL) = (login_asked_for_code IS NULL)),
    CHECK ((password_hash IS NULL) = (password_key_name IS NULL)),
    CHECK ((mail_code_hash IS NULL) = (mail_code_key_name IS NULL)),
    CHECK ((mail_code_hash IS NULL) = (mail_code_destination IS NULL)),
    CHECK ((emergency_hashes IS NULL) = (emergency_key_name IS NULL)),
    CHECK ((emergency_hashes IS NULL) = (emergency_expires_at IS NULL)),
    CHECK ((recovery_hashes IS NULL) = (recovery_key_name IS NULL))
) STRICT;

-- A user ID belongs to one holder, and a holder has one user ID, both permanently.
CREATE TABLE IF NOT EXISTS ${prefix}user_id (
    service_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    PRIMARY KEY (service_id, user_id),
    CONSTRAINT ${prefix}user_id_holder UNIQUE (service_id, holder),
    FOREIGN KEY (service_id, holder) REFERENCES ${prefix}enrolment (service_id, holder)
) STRICT;

-- The batches in which hardware tokens are delivered. Publishing a batch updates one row, for any number of tokens.
-- The import that began an unpublished batch last is the only one that can stage, publish or discard it.
CREATE TABLE IF NOT EXISTS ${prefix}batch (
    service_id TEXT NOT NULL,
    batch TEXT NOT NULL,
    import_id TEXT NOT NULL,
    published INTEGER NOT NULL CHECK (published IN (FALSE, TRUE)),
    PRIMARY KEY (service_id, batch)
) STRICT;

-- The serial numbers of an institution, of software and hardware tokens. A serial number belongs to one token,
-- permanently.
-- A hardware token from the stock has a batch. Its secret is kept here until the token is assigned to a holder. An
-- assigned token cannot be assigned again. The unique constraint is for the foreign key of the tokens.
CREATE TABLE IF NOT EXISTS ${prefix}serial (
    service_id TEXT NOT NULL,
    serial TEXT NOT NULL,
    holder TEXT,
    batch TEXT,
    -- 0 for a token in stock, 1 for an assigned one, 2 for a withdrawn one.
    stock_state INTEGER GENERATED ALWAYS AS (
        CASE WHEN holder IS NOT NULL THEN 1 WHEN withdrawn_at IS NOT NULL THEN 2 ELSE 0 END) STORED,
    algorithm TEXT,
    digits INTEGER,
    time_step_seconds INTEGER,
    t0_seconds INTEGER,
    key_name TEXT,
    sealed_secret BLOB,
    starts_at INTEGER,
    expires_at INTEGER,
    last_step INTEGER,
    drift INTEGER,
    signing_suite TEXT,
    signing_key_name TEXT,
    signing_secret BLOB,
    signing_counter INTEGER,
    withdrawn_at INTEGER,
    withdrawn_by TEXT,
    withdrawn_reason TEXT,
    PRIMARY KEY (service_id, serial),
    CONSTRAINT ${prefix}serial_holder UNIQUE (service_id, serial, holder),
    FOREIGN KEY (service_id, holder) REFERENCES ${prefix}enrolment (service_id, holder),
    FOREIGN KEY (service_id, batch) REFERENCES ${prefix}batch (service_id, batch),
    CHECK (holder IS NOT NULL OR batch IS NOT NULL),
    CHECK (holder IS NULL OR withdrawn_at IS NULL),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)),
    CHECK ((holder IS NULL AND withdrawn_at IS NULL) = (sealed_secret IS NOT NULL)),
    CHECK ((sealed_secret IS NULL) = (key_name IS NULL)),
    CHECK (sealed_secret IS NOT NULL OR signing_secret IS NULL),
    CHECK ((signing_secret IS NULL) = (signing_key_name IS NULL)),
    CHECK ((signing_secret IS NULL) = (signing_suite IS NULL)),
    CHECK ((signing_secret IS NULL) = (signing_counter IS NULL))
) STRICT;

-- The present and former tokens of a holder. enrolment.serial names the token in use, or the last one in use.
-- enrolment.waiting_serial names the waiting token. A token belongs to the holder of its serial number, permanently.
-- A revoked token has no secret. Only software tokens are provisioned. A token without a time step is an HOTP token,
-- and its last_step is its counter. The counter is unknown after a restored backup, until the token is resynchronised.
-- The last_accepted_day counts days since 1970-01-01 UTC. It changes at most once a day, because it is indexed.
CREATE TABLE IF NOT EXISTS ${prefix}token (
    service_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    serial TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('SOFTWARE', 'HARDWARE')),
    state TEXT NOT NULL CHECK (state IN ('ISSUED', 'ACTIVE', 'REVOKED')),
    algorithm TEXT NOT NULL,
    digits INTEGER NOT NULL,
    time_step_seconds INTEGER,
    t0_seconds INTEGER,
    key_name TEXT,
    sealed_secret BLOB,
    issued_at INTEGER NOT NULL,
    activated_at INTEGER,
    revoked_at INTEGER,
    expires_at INTEGER NOT NULL,
    last_step INTEGER,
    drift INTEGER NOT NULL,
    counter_unknown INTEGER NOT NULL CHECK (counter_unknown IN (FALSE, TRUE)),
    last_accepted_day INTEGER,
    failures INTEGER NOT NULL,
    failures_since_accepted INTEGER NOT NULL,
    last_failure_at INTEGER,
    suspension_reason TEXT,
    suspended_since INTEGER,
    suspended_by TEXT,
    password_key_name TEXT,
    password_hash BLOB,
    password_failures INTEGER,
    provisionable_from INTEGER,
    password_dead_at INTEGER,
    provisioned_at INTEGER,
    device TEXT,
    provisioning_repeats INTEGER,
    signing_suite TEXT,
    signing_key_name TEXT,
    signing_secret BLOB,
    signing_counter INTEGER,
    signing_counter_unknown INTEGER CHECK (signing_counter_unknown IN (FALSE, TRUE)),
    signing_last_step INTEGER,
    PRIMARY KEY (service_id, holder, serial),
    FOREIGN KEY (service_id, holder) REFERENCES ${prefix}enrolment (service_id, holder),
    CONSTRAINT ${prefix}token_owner FOREIGN KEY (service_id, serial, holder)
        REFERENCES ${prefix}serial (service_id, serial, holder),
    CHECK ((state = 'REVOKED') = (sealed_secret IS NULL)),
    CHECK ((sealed_secret IS NULL) = (key_name IS NULL)),
    CHECK ((time_step_seconds IS NULL) = (t0_seconds IS NULL)),
    CHECK (time_step_seconds IS NOT NULL OR (kind = 'HARDWARE' AND last_step IS NOT NULL)),
    CHECK (NOT counter_unknown OR time_step_seconds IS NULL),
    CHECK ((suspension_reason IS NULL) = (suspended_since IS NULL)),
    CHECK ((kind = 'SOFTWARE') = (provisionable_from IS NOT NULL)),
    CHECK ((password_hash IS NULL) = (password_key_name IS NULL)),
    CHECK ((provisioned_at IS NULL) = (device IS NULL)),
    CHECK ((provisioned_at IS NULL) = (provisioning_repeats IS NULL)),
    CHECK (password_hash IS NULL OR (provisioned_at IS NULL AND state = 'ISSUED')),
    CHECK (state <> 'REVOKED' OR signing_secret IS NULL),
    CHECK ((signing_secret IS NULL) = (signing_key_name IS NULL)),
    CHECK ((signing_secret IS NULL) = (signing_suite IS NULL)),
    CHECK ((signing_secret IS NULL) = (signing_counter IS NULL)),
    CHECK ((signing_secret IS NULL) = (signing_counter_unknown IS NULL)),
    CHECK (signing_last_step IS NULL OR signing_secret IS NOT NULL)
) STRICT;

-- The public key of the device on which a token's app was provisioned. Signing requests are sealed to it. It is compared with the
-- fingerprint in token.device. The row is deleted when the token ends.
CREATE TABLE IF NOT EXISTS ${prefix}device (
    service_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    serial TEXT NOT NULL,
    device_key BLOB NOT NULL,
    PRIMARY KEY (service_id, holder, serial)
) STRICT;

-- The history of each holder, numbered from 1 without gaps. Rows are inserted and never updated. Only archiving deletes
-- them. The link of an event ties it to the event before it. The change_id, at the number of a change's first event,
-- shows whether that change is stored.
CREATE TABLE IF NOT EXISTS ${prefix}event (
    service_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    event_number INTEGER NOT NULL,
    change_id TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    event_type TEXT NOT NULL,
    serial TEXT,
    purpose TEXT,
    operator TEXT,
    suspension_reason TEXT,
    request TEXT,
    reason_mac TEXT,
    link_key_name TEXT NOT NULL,
    link TEXT NOT NULL,
    PRIMARY KEY (service_id, holder, event_number)
) STRICT;

-- The operators' texts. They are kept apart from their events, so that they can be erased. Each event with a text keeps
-- the MAC of the text.
CREATE TABLE IF NOT EXISTS ${prefix}reason (
    service_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    event_number INTEGER NOT NULL,
    reason TEXT,
    source TEXT,
    reference TEXT,
    CHECK (reason IS NOT NULL OR source IS NOT NULL OR reference IS NOT NULL),
    PRIMARY KEY (service_id, holder, event_number)
) STRICT;

-- The beginning of a history, after its first events were archived.
CREATE TABLE IF NOT EXISTS ${prefix}anchor (
    service_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    event_number INTEGER NOT NULL,
    last_key_name TEXT NOT NULL,
    last_link TEXT NOT NULL,
    proof_key_name TEXT NOT NULL,
    proof TEXT NOT NULL,
    PRIMARY KEY (service_id, holder)
) STRICT;

-- The check value of each key, which shows whether a key source has other bytes under the same name. It reveals no bytes of
-- the key. Rows are inserted and never changed.
CREATE TABLE IF NOT EXISTS ${prefix}key_check (
    service_id TEXT NOT NULL,
    key_use TEXT NOT NULL CHECK (key_use IN ('SEAL', 'HISTORY')),
    key_name TEXT NOT NULL,
    check_value TEXT NOT NULL,
    PRIMARY KEY (service_id, key_use, key_name)
) STRICT;

-- The consumers of the feed, and the position of each consumer in each history. The column enrolment.unfed finds the
-- histories that are due. It is true while the count of events exceeds the recorded position of the slowest consumer.
-- Until a consumer has started, the recorded positions of some enrolments do not include it. The recorded position leaves out
-- consumers whose next event is backing off or parked. The index feed_retry finds the ends of their delays.
-- A streak is the time between two successes or pauses of a consumer; failing is the number of holders with a failure in it.
CREATE TABLE IF NOT EXISTS ${prefix}consumer (
    service_id TEXT NOT NULL,
    consumer TEXT NOT NULL,
    started INTEGER DEFAULT FALSE NOT NULL CHECK (started IN (FALSE, TRUE)),
    from_now INTEGER DEFAULT FALSE NOT NULL CHECK (from_now IN (FALSE, TRUE)),
    renamed_from TEXT,
    streak INTEGER DEFAULT 0 NOT NULL,
    failing INTEGER DEFAULT 0 NOT NULL,
    pauses INTEGER DEFAULT 0 NOT NULL,
    paused_until INTEGER,
    PRIMARY KEY (service_id, consumer)
) STRICT;

CREATE TABLE IF NOT EXISTS ${prefix}feed (
    service_id TEXT NOT NULL,
    consumer TEXT NOT NULL,
    holder TEXT NOT NULL,
    event_number INTEGER NOT NULL,
    worker TEXT,
    leased_until INTEGER,
    attempts INTEGER DEFAULT 0 NOT NULL,
    failed_streak INTEGER,
    retry_at INTEGER,
    parked_at INTEGER,
    error_type TEXT,
    error_message TEXT,
    PRIMARY KEY (service_id, consumer, holder),
    CHECK ((worker IS NULL) = (leased_until IS NULL)),
    CHECK ((parked_at IS NULL) = (error_type IS NULL)),
    CHECK (error_type IS NOT NULL OR error_message IS NULL),
    CHECK (parked_at IS NULL OR retry_at IS NULL),
    CHECK (worker IS NULL OR (retry_at IS NULL AND parked_at IS NULL))
) STRICT;

-- The operators' decisions about parked events. Rows are inserted, and only erasing a holder's personal data changes them.
CREATE TABLE IF NOT EXISTS ${prefix}feed_decision (
    service_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    consumer TEXT NOT NULL,
    decision_number INTEGER NOT NULL,
    event_number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('RETRY', 'SKIP')),
    decided_at INTEGER NOT NULL,
    operator TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (service_id, holder, consumer, decision_number)
) STRICT;

CREATE INDEX IF NOT EXISTS ${prefix}enrolment_unfed ON ${prefix}enrolment (service_id, unfed, holder);

CREATE INDEX IF NOT EXISTS ${prefix}feed_retry ON ${prefix}feed (service_id, consumer, retry_at, holder);

CREATE INDEX IF NOT EXISTS ${prefix}feed_parked ON ${prefix}feed (service_id, consumer, parked_at, holder);

-- Each of these indexes has the order of a list.
CREATE INDEX IF NOT EXISTS ${prefix}enrolment_lapses ON ${prefix}enrolment (service_id, lapses_at, holder);

CREATE INDEX IF NOT EXISTS ${prefix}enrolment_suspended
    ON ${prefix}enrolment (service_id, holder_suspended_since, holder);

CREATE INDEX IF NOT EXISTS ${prefix}token_expires ON ${prefix}token (service_id, state, expires_at, serial);

CREATE INDEX IF NOT EXISTS ${prefix}token_suspended ON ${prefix}token (service_id, suspended_since, serial);

-- The kind at the end lets the counts by state and kind read this index only.
CREATE INDEX IF NOT EXISTS ${prefix}token_unused
    ON ${prefix}token (service_id, state, last_accepted_day, serial, kind);

CREATE INDEX IF NOT EXISTS ${prefix}serial_stock ON ${prefix}serial (service_id, stock_state, serial);

CREATE INDEX IF NOT EXISTS ${prefix}serial_batch ON ${prefix}serial (service_id, batch, stock_state, serial);

-- The foreign key check uses this index when a serial number is deleted, as in the discarding of a batch. It checks
-- whether a token has the serial number.
CREATE INDEX IF NOT EXISTS ${prefix}token_serial ON ${prefix}token (service_id, serial, holder);

-- Views for people. They show instants as text in UTC, and no secret, hash or MAC.
CREATE VIEW IF NOT EXISTS ${prefix}readable_enrolment AS
SELECT
    service_id, holder, version, event_count, user_id, serial, waiting_serial,
    strftime('%Y-%m-%d %H:%M:%fZ', lapses_at / 1000000.0, 'unixepoch')
        AS lapses_at,
    order_state,
    strftime('%Y-%m-%d %H:%M:%fZ', order_placed_at / 1000000.0, 'unixepoch')
        AS order_placed_at,
    strftime('%Y-%m-%d %H:%M:%fZ', order_assigned_at / 1000000.0, 'unixepoch')
        AS order_assigned_at,
    strftime('%Y-%m-%d %H:%M:%fZ', order_sent_at / 1000000.0, 'unixepoch')
        AS order_sent_at,
    strftime('%Y-%m-%d %H:%M:%fZ', software_ended_at / 1000000.0, 'unixepoch')
        AS software_ended_at,
    holder_suspension_reason,
    strftime('%Y-%m-%d %H:%M:%fZ', holder_suspended_since / 1000000.0, 'unixepoch')
        AS holder_suspended_since,
    holder_suspended_by, login_asked_for_code, mail_address, password_failures, mail_code_operation,
    strftime('%Y-%m-%d %H:%M:%fZ', mail_code_sent_at / 1000000.0, 'unixepoch')
        AS mail_code_sent_at,
    strftime('%Y-%m-%d %H:%M:%fZ', mail_code_expires_at / 1000000.0, 'unixepoch')
        AS mail_code_expires_at,
    mail_code_failures, proof_operation, proof_serial,
    strftime('%Y-%m-%d %H:%M:%fZ', proof_expires_at / 1000000.0, 'unixepoch')
        AS proof_expires_at,
    emergency_unused, emergency_failures,
    strftime('%Y-%m-%d %H:%M:%fZ', emergency_created_at / 1000000.0, 'unixepoch')
        AS emergency_created_at,
    strftime('%Y-%m-%d %H:%M:%fZ', emergency_expires_at / 1000000.0, 'unixepoch')
        AS emergency_expires_at,
    recovery_unused, recovery_failures,
    strftime('%Y-%m-%d %H:%M:%fZ', recovery_created_at / 1000000.0, 'unixepoch')
        AS recovery_created_at,
    backup_failures
FROM ${prefix}enrolment;

CREATE VIEW IF NOT EXISTS ${prefix}readable_token AS
SELECT
    service_id, holder, serial, kind, state, algorithm, digits, time_step_seconds,
    strftime('%Y-%m-%d %H:%M:%fZ', issued_at / 1000000.0, 'unixepoch')
        AS issued_at,
    strftime('%Y-%m-%d %H:%M:%fZ', activated_at / 1000000.0, 'unixepoch')
        AS activated_at,
    strftime('%Y-%m-%d %H:%M:%fZ', revoked_at / 1000000.0, 'unixepoch')
        AS revoked_at,
    strftime('%Y-%m-%d %H:%M:%fZ', expires_at / 1000000.0, 'unixepoch')
        AS expires_at,
    last_step, drift, counter_unknown,
    date(last_accepted_day * 86400, 'unixepoch')
        AS last_accepted_day,
    failures, failures_since_accepted,
    strftime('%Y-%m-%d %H:%M:%fZ', last_failure_at / 1000000.0, 'unixepoch')
        AS last_failure_at,
    suspension_reason,
    strftime('%Y-%m-%d %H:%M:%fZ', suspended_since / 1000000.0, 'unixepoch')
        AS suspended_since,
    suspended_by, password_failures,
    strftime('%Y-%m-%d %H:%M:%fZ', provisionable_from / 1000000.0, 'unixepoch')
        AS provisionable_from,
    strftime('%Y-%m-%d %H:%M:%fZ', password_dead_at / 1000000.0, 'unixepoch')
        AS password_dead_at,
    strftime('%Y-%m-%d %H:%M:%fZ', provisioned_at / 1000000.0, 'unixepoch')
        AS provisioned_at,
    device, provisioning_repeats, signing_suite, signing_counter, signing_counter_unknown, signing_last_step
FROM ${prefix}token;

CREATE VIEW IF NOT EXISTS ${prefix}readable_serial AS
SELECT
    service_id, serial, holder, batch, algorithm, digits, time_step_seconds,
    strftime('%Y-%m-%d %H:%M:%fZ', starts_at / 1000000.0, 'unixepoch')
        AS starts_at,
    strftime('%Y-%m-%d %H:%M:%fZ', expires_at / 1000000.0, 'unixepoch')
        AS expires_at,
    last_step, drift
FROM ${prefix}serial;

CREATE VIEW IF NOT EXISTS ${prefix}readable_event AS
SELECT
    service_id, holder, event_number,
    strftime('%Y-%m-%d %H:%M:%fZ', happened_at / 1000000.0, 'unixepoch')
        AS happened_at,
    event_type, serial, purpose, operator, suspension_reason, request
FROM ${prefix}event;

CREATE VIEW IF NOT EXISTS ${prefix}readable_feed AS
SELECT
    service_id, consumer, holder, event_number, worker,
    strftime('%Y-%m-%d %H:%M:%fZ', leased_until / 1000000.0, 'unixepoch')
        AS leased_until,
    attempts,
    strftime('%Y-%m-%d %H:%M:%fZ', retry_at / 1000000.0, 'unixepoch')
        AS retry_at,
    strftime('%Y-%m-%d %H:%M:%fZ', parked_at / 1000000.0, 'unixepoch')
        AS parked_at,
    error_type
FROM ${prefix}feed;

INSERT INTO ${prefix}schema_version (script)
SELECT done.script FROM (SELECT 'R__watchword_001_tokens.sql' AS script) done
WHERE NOT EXISTS (SELECT 1 FROM ${prefix}schema_version v WHERE v.script = done.script);
