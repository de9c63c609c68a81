-- The key (service_id, holder) finds every row about a holder. The enrolment's version decides every race. Instants are
-- microseconds since 1970-01-01 UTC. Each statement can be repeated, because it may be committed at once and the process may
-- die before the next one.
CREATE TABLE IF NOT EXISTS ${prefix}schema_version (
    script VARCHAR(100) NOT NULL,
    PRIMARY KEY (script)
);

CREATE TABLE IF NOT EXISTS ${prefix}enrolment (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    version BIGINT NOT NULL,
    event_count BIGINT NOT NULL,
    head_key_name VARCHAR(64) NOT NULL,
    head VARCHAR(64) NOT NULL,
    fed_count BIGINT DEFAULT 0 NOT NULL,
    unfed BOOLEAN GENERATED ALWAYS AS (event_count > fed_count),
    user_id VARCHAR(12),
    serial VARCHAR(64),
    waiting_serial VARCHAR(64),
    lapses_at BIGINT,
    order_state VARCHAR(8) CHECK (order_state IN ('PLACED', 'ASSIGNED', 'SENT')),
    order_placed_at BIGINT,
    order_assigned_at BIGINT,
    order_sent_at BIGINT,
    software_ended_at BIGINT,
    holder_suspension_reason VARCHAR(32),
    holder_suspended_since BIGINT,
    holder_suspended_by VARCHAR(100),
    login_asked_for_code BOOLEAN,
    mail_address VARCHAR_CASESENSITIVE(254),
    password_key_name VARCHAR(64),
    password_hash VARBINARY(512),
    password_failures INT NOT NULL,
    mail_code_key_name VARCHAR(64),
    mail_code_hash VARBINARY(512),
    mail_code_operation VARCHAR(16),
    mail_code_destination VARCHAR_CASESENSITIVE(254),
    mail_code_sent_at BIGINT,
    mail_code_expires_at BIGINT,
    mail_code_failures INT NOT NULL,
    proof_nonce_hash VARBINARY(64),
    proof_operation VARCHAR(32),
    proof_serial VARCHAR(64),
    proof_expires_at BIGINT,
    open_requests VARCHAR(4000),
    emergency_key_name VARCHAR(64),
    emergency_hashes VARBINARY(1024),
    emergency_unused INT,
    emergency_failures INT,
    emergency_created_at BIGINT,
    emergency_expires_at BIGINT,
    recovery_key_name VARCHAR(64),
    recovery_hashes VARBINARY(1024),
    recovery_unused INT,
    recovery_failures INT,
    recovery_created_at BIGINT,
    backup_failures INT NOT NULL,
    row_mac VARBINARY(64) NOT NULL,
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
);

-- A user ID belongs to one holder, and a holder has one user ID, both permanently.
CREATE TABLE IF NOT EXISTS ${prefix}user_id (
    service_id VARCHAR(8) NOT NULL,
    user_id VARCHAR(12) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    PRIMARY KEY (service_id, user_id),
    CONSTRAINT ${prefix}user_id_holder UNIQUE (service_id, holder),
    FOREIGN KEY (service_id, holder) REFERENCES ${prefix}enrolment (service_id, holder)
);

-- The batches in which hardware tokens are delivered. Publishing a batch updates one row, for any number of tokens.
-- The import that began an unpublished batch last is the only one that can stage, publish or discard it.
CREATE TABLE IF NOT EXISTS ${prefix}batch (
    service_id VARCHAR(8) NOT NULL,
    batch VARCHAR_CASESENSITIVE(64) NOT NULL,
    import_id VARCHAR(36) NOT NULL,
    published BOOLEAN NOT NULL,
    PRIMARY KEY (service_id, batch)
);

-- The serial numbers of an institution, of software and hardware tokens. A serial number belongs to one token,
-- permanently.
-- A hardware token from the stock has a batch. Its secret is kept here until the token is assigned to a holder. An
-- assigned token cannot be assigned again. The unique constraint is for the foreign key of the tokens.
CREATE TABLE IF NOT EXISTS ${prefix}serial (
    service_id VARCHAR(8) NOT NULL,
    serial VARCHAR(64) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100),
    batch VARCHAR_CASESENSITIVE(64),
    -- 0 for a token in stock, 1 for an assigned one, 2 for a withdrawn one.
    stock_state SMALLINT GENERATED ALWAYS AS (
        CASE WHEN holder IS NOT NULL THEN 1 WHEN withdrawn_at IS NOT NULL THEN 2 ELSE 0 END),
    algorithm VARCHAR(8),
    digits INT,
    time_step_seconds BIGINT,
    t0_seconds BIGINT,
    key_name VARCHAR(64),
    sealed_secret VARBINARY(512),
    starts_at BIGINT,
    expires_at BIGINT,
    last_step BIGINT,
    drift INT,
    signing_suite VARCHAR(64),
    signing_key_name VARCHAR(64),
    signing_secret VARBINARY(512),
    signing_counter BIGINT,
    withdrawn_at BIGINT,
    withdrawn_by VARCHAR(100),
    withdrawn_reason VARCHAR(500),
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
);

-- The present and former tokens of a holder. enrolment.serial names the token in use, or the last one in use.
-- enrolment.waiting_serial names the waiting token. A token belongs to the holder of its serial number, permanently.
-- A revoked token has no secret. Only software tokens are provisioned. A token without a time step is an HOTP token,
-- and its last_step is its counter. The counter is unknown after a restored backup, until the token is resynchronised.
-- The last_accepted_day counts days since 1970-01-01 UTC. It changes at most once a day, because it is indexed.
CREATE TABLE IF NOT EXISTS ${prefix}token (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    serial VARCHAR(64) NOT NULL,
    kind VARCHAR(8) NOT NULL CHECK (kind IN ('SOFTWARE', 'HARDWARE')),
    state VARCHAR(8) NOT NULL CHECK (state IN ('ISSUED', 'ACTIVE', 'REVOKED')),
    algorithm VARCHAR(8) NOT NULL,
    digits INT NOT NULL,
    time_step_seconds BIGINT,
    t0_seconds BIGINT,
    key_name VARCHAR(64),
    sealed_secret VARBINARY(512),
    issued_at BIGINT NOT NULL,
    activated_at BIGINT,
    revoked_at BIGINT,
    expires_at BIGINT NOT NULL,
    last_step BIGINT,
    drift INT NOT NULL,
    counter_unknown BOOLEAN NOT NULL,
    last_accepted_day BIGINT,
    failures INT NOT NULL,
    failures_since_accepted INT NOT NULL,
    last_failure_at BIGINT,
    suspension_reason VARCHAR(32),
    suspended_since BIGINT,
    suspended_by VARCHAR(100),
    password_key_name VARCHAR(64),
    password_hash VARBINARY(512),
    password_failures INT,
    provisionable_from BIGINT,
    password_dead_at BIGINT,
    provisioned_at BIGINT,
    device VARCHAR(64),
    provisioning_repeats INT,
    signing_suite VARCHAR(64),
    signing_key_name VARCHAR(64),
    signing_secret VARBINARY(512),
    signing_counter BIGINT,
    signing_counter_unknown BOOLEAN,
    signing_last_step BIGINT,
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
);

-- The public key of the device on which a token's app was provisioned. Signing requests are sealed to it. It is compared with the
-- fingerprint in token.device. The row is deleted when the token ends.
CREATE TABLE IF NOT EXISTS ${prefix}device (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    serial VARCHAR(64) NOT NULL,
    device_key VARBINARY(2000) NOT NULL,
    PRIMARY KEY (service_id, holder, serial)
);

-- The history of each holder, numbered from 1 without gaps. Rows are inserted and never updated. Only archiving deletes
-- them. The link of an event ties it to the event before it. The change_id, at the number of a change's first event,
-- shows whether that change is stored.
CREATE TABLE IF NOT EXISTS ${prefix}event (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    event_number BIGINT NOT NULL,
    change_id VARCHAR(36) NOT NULL,
    happened_at BIGINT NOT NULL,
    event_type VARCHAR(32) NOT NULL,
    serial VARCHAR(64),
    purpose VARCHAR(32),
    operator VARCHAR(100),
    suspension_reason VARCHAR(32),
    request VARCHAR(97),
    reason_mac VARCHAR(64),
    link_key_name VARCHAR(64) NOT NULL,
    link VARCHAR(64) NOT NULL,
    PRIMARY KEY (service_id, holder, event_number)
);

-- The operators' texts. They are kept apart from their events, so that they can be erased. Each event with a text keeps
-- the MAC of the text.
CREATE TABLE IF NOT EXISTS ${prefix}reason (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    event_number BIGINT NOT NULL,
    reason VARCHAR(500),
    source VARCHAR(100),
    reference VARCHAR(100),
    CHECK (reason IS NOT NULL OR source IS NOT NULL OR reference IS NOT NULL),
    PRIMARY KEY (service_id, holder, event_number)
);

-- The beginning of a history, after its first events were archived.
CREATE TABLE IF NOT EXISTS ${prefix}anchor (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    event_number BIGINT NOT NULL,
    last_key_name VARCHAR(64) NOT NULL,
    last_link VARCHAR(64) NOT NULL,
    proof_key_name VARCHAR(64) NOT NULL,
    proof VARCHAR(64) NOT NULL,
    PRIMARY KEY (service_id, holder)
);

-- The check value of each key, which shows whether a key source has other bytes under the same name. It reveals no bytes of
-- the key. Rows are inserted and never changed.
CREATE TABLE IF NOT EXISTS ${prefix}key_check (
    service_id VARCHAR(8) NOT NULL,
    key_use VARCHAR(8) NOT NULL CHECK (key_use IN ('SEAL', 'HISTORY')),
    key_name VARCHAR_CASESENSITIVE(64) NOT NULL,
    check_value VARCHAR(128) NOT NULL,
    PRIMARY KEY (service_id, key_use, key_name)
);

-- The consumers of the feed, and the position of each consumer in each history. The column enrolment.unfed finds the
-- histories that are due. It is true while the count of events exceeds the recorded position of the slowest consumer.
-- Until a consumer has started, the recorded positions of some enrolments do not include it. The recorded position leaves out
-- consumers whose next event is backing off or parked. The index feed_retry finds the ends of their delays.
-- A streak is the time between two successes or pauses of a consumer; failing is the number of holders with a failure in it.
CREATE TABLE IF NOT EXISTS ${prefix}consumer (
    service_id VARCHAR(8) NOT NULL,
    consumer VARCHAR_CASESENSITIVE(64) NOT NULL,
    started BOOLEAN DEFAULT FALSE NOT NULL,
    from_now BOOLEAN DEFAULT FALSE NOT NULL,
    renamed_from VARCHAR_CASESENSITIVE(64),
    streak BIGINT DEFAULT 0 NOT NULL,
    failing INT DEFAULT 0 NOT NULL,
    pauses INT DEFAULT 0 NOT NULL,
    paused_until BIGINT,
    PRIMARY KEY (service_id, consumer)
);

CREATE TABLE IF NOT EXISTS ${prefix}feed (
    service_id VARCHAR(8) NOT NULL,
    consumer VARCHAR_CASESENSITIVE(64) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    event_number BIGINT NOT NULL,
    worker VARCHAR(36),
    leased_until BIGINT,
    attempts INT DEFAULT 0 NOT NULL,
    failed_streak BIGINT,
    retry_at BIGINT,
    parked_at BIGINT,
    error_type VARCHAR(200),
    error_message VARCHAR(200),
    PRIMARY KEY (service_id, consumer, holder),
    CHECK ((worker IS NULL) = (leased_until IS NULL)),
    CHECK ((parked_at IS NULL) = (error_type IS NULL)),
    CHECK (error_type IS NOT NULL OR error_message IS NULL),
    CHECK (parked_at IS NULL OR retry_at IS NULL),
    CHECK (worker IS NULL OR (retry_at IS NULL AND parked_at IS NULL))
);

-- The operators' decisions about parked events. Rows are inserted, and only erasing a holder's personal data changes them.
CREATE TABLE IF NOT EXISTS ${prefix}feed_decision (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    consumer VARCHAR_CASESENSITIVE(64) NOT NULL,
    decision_number BIGINT NOT NULL,
    event_number BIGINT NOT NULL,
    kind VARCHAR(8) NOT NULL CHECK (kind IN ('RETRY', 'SKIP')),
    decided_at BIGINT NOT NULL,
    operator VARCHAR(100) NOT NULL,
    reason VARCHAR(500),
    PRIMARY KEY (service_id, holder, consumer, decision_number)
);

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
CREATE OR REPLACE VIEW ${prefix}readable_enrolment AS
SELECT
    service_id, holder, version, event_count, user_id, serial, waiting_serial,
    FORMATDATETIME(DATEADD('MICROSECOND', lapses_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS lapses_at,
    order_state,
    FORMATDATETIME(DATEADD('MICROSECOND', order_placed_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS order_placed_at,
    FORMATDATETIME(DATEADD('MICROSECOND', order_assigned_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS order_assigned_at,
    FORMATDATETIME(DATEADD('MICROSECOND', order_sent_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS order_sent_at,
    FORMATDATETIME(DATEADD('MICROSECOND', software_ended_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS software_ended_at,
    holder_suspension_reason,
    FORMATDATETIME(DATEADD('MICROSECOND', holder_suspended_since, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS holder_suspended_since,
    holder_suspended_by, login_asked_for_code, mail_address, password_failures, mail_code_operation,
    FORMATDATETIME(DATEADD('MICROSECOND', mail_code_sent_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS mail_code_sent_at,
    FORMATDATETIME(DATEADD('MICROSECOND', mail_code_expires_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS mail_code_expires_at,
    mail_code_failures, proof_operation, proof_serial,
    FORMATDATETIME(DATEADD('MICROSECOND', proof_expires_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS proof_expires_at,
    emergency_unused, emergency_failures,
    FORMATDATETIME(DATEADD('MICROSECOND', emergency_created_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS emergency_created_at,
    FORMATDATETIME(DATEADD('MICROSECOND', emergency_expires_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS emergency_expires_at,
    recovery_unused, recovery_failures,
    FORMATDATETIME(DATEADD('MICROSECOND', recovery_created_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS recovery_created_at,
    backup_failures
FROM ${prefix}enrolment;

CREATE OR REPLACE VIEW ${prefix}readable_token AS
SELECT
    service_id, holder, serial, kind, state, algorithm, digits, time_step_seconds,
    FORMATDATETIME(DATEADD('MICROSECOND', issued_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS issued_at,
    FORMATDATETIME(DATEADD('MICROSECOND', activated_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS activated_at,
    FORMATDATETIME(DATEADD('MICROSECOND', revoked_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS revoked_at,
    FORMATDATETIME(DATEADD('MICROSECOND', expires_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS expires_at,
    last_step, drift, counter_unknown,
    FORMATDATETIME(DATEADD('DAY', last_accepted_day, DATE '1970-01-01'), 'yyyy-MM-dd')
        AS last_accepted_day,
    failures, failures_since_accepted,
    FORMATDATETIME(DATEADD('MICROSECOND', last_failure_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS last_failure_at,
    suspension_reason,
    FORMATDATETIME(DATEADD('MICROSECOND', suspended_since, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS suspended_since,
    suspended_by, password_failures,
    FORMATDATETIME(DATEADD('MICROSECOND', provisionable_from, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS provisionable_from,
    FORMATDATETIME(DATEADD('MICROSECOND', password_dead_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS password_dead_at,
    FORMATDATETIME(DATEADD('MICROSECOND', provisioned_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS provisioned_at,
    device, provisioning_repeats, signing_suite, signing_counter, signing_counter_unknown, signing_last_step
FROM ${prefix}token;

CREATE OR REPLACE VIEW ${prefix}readable_serial AS
SELECT
    service_id, serial, holder, batch, algorithm, digits, time_step_seconds,
    FORMATDATETIME(DATEADD('MICROSECOND', starts_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS starts_at,
    FORMATDATETIME(DATEADD('MICROSECOND', expires_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS expires_at,
    last_step, drift
FROM ${prefix}serial;

CREATE OR REPLACE VIEW ${prefix}readable_event AS
SELECT
    service_id, holder, event_number,
    FORMATDATETIME(DATEADD('MICROSECOND', happened_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS happened_at,
    event_type, serial, purpose, operator, suspension_reason, request
FROM ${prefix}event;

CREATE OR REPLACE VIEW ${prefix}readable_feed AS
SELECT
    service_id, consumer, holder, event_number, worker,
    FORMATDATETIME(DATEADD('MICROSECOND', leased_until, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS leased_until,
    attempts,
    FORMATDATETIME(DATEADD('MICROSECOND', retry_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS retry_at,
    FORMATDATETIME(DATEADD('MICROSECOND', parked_at, TIMESTAMP '1970-01-01 00:00:00'), 'yyyy-MM-dd HH:mm:ss.SSSSSS''Z''')
        AS parked_at,
    error_type
FROM ${prefix}feed;

INSERT INTO ${prefix}schema_version (script)
SELECT done.script FROM (SELECT 'R__watchword_001_tokens.sql' AS script) done
WHERE NOT EXISTS (SELECT 1 FROM ${prefix}schema_version v WHERE v.script = done.script);
