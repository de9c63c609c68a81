-- The key (service_id, holder) finds every row about a holder. The enrolment's version decides every race. Instants are
-- in UTC. Each statement can be repeated, because it may be committed at once and the process may die before the next
-- one.
CREATE TABLE IF NOT EXISTS ${prefix}schema_version (
    script VARCHAR(100) NOT NULL,
    PRIMARY KEY (script)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}enrolment (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR(100) NOT NULL,
    version BIGINT NOT NULL,
    event_count BIGINT NOT NULL,
    head_key_name VARCHAR(64) NOT NULL,
    head VARCHAR(64) NOT NULL,
    fed_count BIGINT DEFAULT 0 NOT NULL,
    unfed BOOLEAN GENERATED ALWAYS AS (event_count > fed_count) STORED,
    user_id VARCHAR(12),
    serial VARCHAR(12),
    waiting_serial VARCHAR(12),
    lapses_at DATETIME(6),
    order_state VARCHAR(8) CHECK (order_state IN ('PLACED', 'ASSIGNED', 'SENT')),
    order_placed_at DATETIME(6),
    order_assigned_at DATETIME(6),
    order_sent_at DATETIME(6),
    software_ended_at DATETIME(6),
    holder_suspension_reason VARCHAR(32),
    holder_suspended_since DATETIME(6),
    holder_suspended_by VARCHAR(100),
    login_asked_for_code BOOLEAN,
    mail_address VARCHAR(254),
    password_key_name VARCHAR(64),
    password_hash VARBINARY(512),
    password_failures INT NOT NULL,
    mail_code_key_name VARCHAR(64),
    mail_code_hash VARBINARY(512),
    mail_code_operation VARCHAR(16),
    mail_code_destination VARCHAR(254),
    mail_code_sent_at DATETIME(6),
    mail_code_expires_at DATETIME(6),
    mail_code_failures INT NOT NULL,
    PRIMARY KEY (service_id, holder),
    CHECK (user_id IS NOT NULL OR (serial IS NULL AND lapses_at IS NULL)),
    CHECK ((lapses_at IS NULL) = (waiting_serial IS NULL AND order_state IS NULL)),
    CHECK ((order_state IS NULL) = (order_placed_at IS NULL)),
    CHECK ((holder_suspension_reason IS NULL) = (holder_suspended_since IS NULL)),
    CHECK ((holder_suspension_reason IS NULL) = (holder_suspended_by IS NULL)),
    CHECK ((holder_suspension_reason IS NULL) = (login_asked_for_code IS NULL)),
    CHECK ((password_hash IS NULL) = (password_key_name IS NULL)),
    CHECK ((mail_code_hash IS NULL) = (mail_code_key_name IS NULL)),
    CHECK ((mail_code_hash IS NULL) = (mail_code_destination IS NULL))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A user ID belongs to one holder, permanently.
CREATE TABLE IF NOT EXISTS ${prefix}user_id (
    service_id VARCHAR(8) NOT NULL,
    user_id VARCHAR(12) NOT NULL,
    holder VARCHAR(100) NOT NULL,
    PRIMARY KEY (service_id, user_id),
    FOREIGN KEY (service_id, holder) REFERENCES ${prefix}enrolment (service_id, holder)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The batches in which hardware tokens are delivered. Publishing a batch updates one row, for any number of tokens.
CREATE TABLE IF NOT EXISTS ${prefix}batch (
    service_id VARCHAR(8) NOT NULL,
    batch VARCHAR(64) NOT NULL,
    published BOOLEAN NOT NULL,
    PRIMARY KEY (service_id, batch)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The serial numbers of an institution, of software and hardware tokens. A serial number belongs to one token,
-- permanently.
-- A hardware token from the stock has a batch. Its secret is kept here until the token is assigned to a holder. An
-- assigned token cannot be assigned again.
CREATE TABLE IF NOT EXISTS ${prefix}serial (
    service_id VARCHAR(8) NOT NULL,
    serial VARCHAR(12) NOT NULL,
    holder VARCHAR(100),
    batch VARCHAR(64),
    given_out BOOLEAN GENERATED ALWAYS AS (holder IS NOT NULL) STORED,
    algorithm VARCHAR(8),
    digits INT,
    time_step_seconds BIGINT,
    t0_seconds BIGINT,
    key_name VARCHAR(64),
    sealed_secret VARBINARY(512),
    starts_at DATETIME(6),
    expires_at DATETIME(6),
    last_step BIGINT,
    drift INT,
    PRIMARY KEY (service_id, serial),
    FOREIGN KEY (service_id, holder) REFERENCES ${prefix}enrolment (service_id, holder),
    FOREIGN KEY (service_id, batch) REFERENCES ${prefix}batch (service_id, batch),
    CHECK (holder IS NOT NULL OR batch IS NOT NULL),
    CHECK ((holder IS NULL) = (sealed_secret IS NOT NULL)),
    CHECK ((sealed_secret IS NULL) = (key_name IS NULL))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The present and former tokens of a holder. enrolment.serial names the token in use, or the last one in use.
-- enrolment.waiting_serial names the waiting token.
-- A revoked token has no secret. Only software tokens are provisioned. A token without a time step is an HOTP token,
-- and its last_step is its counter. The counter is unknown after a restored backup, until the token is resynchronised.
CREATE TABLE IF NOT EXISTS ${prefix}token (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR(100) NOT NULL,
    serial VARCHAR(12) NOT NULL,
    kind VARCHAR(8) NOT NULL CHECK (kind IN ('SOFTWARE', 'HARDWARE')),
    state VARCHAR(8) NOT NULL CHECK (state IN ('ISSUED', 'ACTIVE', 'REVOKED')),
    algorithm VARCHAR(8) NOT NULL,
    digits INT NOT NULL,
    time_step_seconds BIGINT,
    t0_seconds BIGINT,
    key_name VARCHAR(64),
    sealed_secret VARBINARY(512),
    issued_at DATETIME(6) NOT NULL,
    activated_at DATETIME(6),
    revoked_at DATETIME(6),
    expires_at DATETIME(6) NOT NULL,
    last_step BIGINT,
    drift INT NOT NULL,
    counter_unknown BOOLEAN NOT NULL,
    failures INT NOT NULL,
    failures_since_accepted INT NOT NULL,
    last_failure_at DATETIME(6),
    suspension_reason VARCHAR(32),
    suspended_since DATETIME(6),
    suspended_by VARCHAR(100),
    password_key_name VARCHAR(64),
    password_hash VARBINARY(512),
    password_failures INT,
    provisionable_from DATETIME(6),
    password_dead_at DATETIME(6),
    provisioned_at DATETIME(6),
    device VARCHAR(64),
    provisioning_repeats INT,
    PRIMARY KEY (service_id, holder, serial),
    FOREIGN KEY (service_id, holder) REFERENCES ${prefix}enrolment (service_id, holder),
    FOREIGN KEY (service_id, serial) REFERENCES ${prefix}serial (service_id, serial),
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
    CHECK (password_hash IS NULL OR (provisioned_at IS NULL AND state = 'ISSUED'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The history of each holder, numbered from 1 without gaps. Rows are inserted and never updated. Only archiving deletes
-- them. The link of an event ties it to the event before it. The change_id, at the number of a change's first event,
-- shows whether that change is stored.
CREATE TABLE IF NOT EXISTS ${prefix}event (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR(100) NOT NULL,
    event_number BIGINT NOT NULL,
    change_id VARCHAR(36) NOT NULL,
    happened_at DATETIME(6) NOT NULL,
    event_type VARCHAR(32) NOT NULL,
    serial VARCHAR(12),
    purpose VARCHAR(32),
    operator VARCHAR(100),
    suspension_reason VARCHAR(32),
    reason_mac VARCHAR(64),
    link_key_name VARCHAR(64) NOT NULL,
    link VARCHAR(64) NOT NULL,
    PRIMARY KEY (service_id, holder, event_number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The operators' texts. They are kept apart from their events, so that they can be erased. Each event with a text keeps
-- the MAC of the text.
CREATE TABLE IF NOT EXISTS ${prefix}reason (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR(100) NOT NULL,
    event_number BIGINT NOT NULL,
    reason VARCHAR(500) NOT NULL,
    PRIMARY KEY (service_id, holder, event_number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The beginning of a history, after its first events were archived.
CREATE TABLE IF NOT EXISTS ${prefix}anchor (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR(100) NOT NULL,
    event_number BIGINT NOT NULL,
    last_key_name VARCHAR(64) NOT NULL,
    last_link VARCHAR(64) NOT NULL,
    proof_key_name VARCHAR(64) NOT NULL,
    proof VARCHAR(64) NOT NULL,
    PRIMARY KEY (service_id, holder)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The check value of each key, which shows whether a key source has other bytes under the same name. It reveals no bytes of
-- the key. Rows are inserted and never changed.
CREATE TABLE IF NOT EXISTS ${prefix}key_check (
    service_id VARCHAR(8) NOT NULL,
    key_use VARCHAR(8) NOT NULL CHECK (key_use IN ('SEAL', 'HISTORY')),
    key_name VARCHAR(64) NOT NULL,
    check_value VARCHAR(128) NOT NULL,
    PRIMARY KEY (service_id, key_use, key_name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The consumers of the feed, and the position of each consumer in each history. The column enrolment.unfed finds the
-- histories that are due. It is true while the count of events exceeds the recorded position of the slowest consumer.
-- Until a consumer has started, the recorded positions of some enrolments do not include it.
CREATE TABLE IF NOT EXISTS ${prefix}consumer (
    service_id VARCHAR(8) NOT NULL,
    consumer VARCHAR(64) NOT NULL,
    started BOOLEAN DEFAULT FALSE NOT NULL,
    PRIMARY KEY (service_id, consumer)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}feed (
    service_id VARCHAR(8) NOT NULL,
    consumer VARCHAR(64) NOT NULL,
    holder VARCHAR(100) NOT NULL,
    event_number BIGINT NOT NULL,
    worker VARCHAR(36),
    leased_until DATETIME(6),
    PRIMARY KEY (service_id, consumer, holder),
    CHECK ((worker IS NULL) = (leased_until IS NULL))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE INDEX IF NOT EXISTS ${prefix}enrolment_unfed ON ${prefix}enrolment (service_id, unfed, holder);

-- Each of these indexes has the order of a list.
CREATE INDEX IF NOT EXISTS ${prefix}enrolment_lapses ON ${prefix}enrolment (service_id, lapses_at, holder);

CREATE INDEX IF NOT EXISTS ${prefix}enrolment_suspended
    ON ${prefix}enrolment (service_id, holder_suspended_since, holder);

CREATE INDEX IF NOT EXISTS ${prefix}token_expires ON ${prefix}token (service_id, state, expires_at, serial);

CREATE INDEX IF NOT EXISTS ${prefix}token_suspended ON ${prefix}token (service_id, suspended_since, serial);

CREATE INDEX IF NOT EXISTS ${prefix}serial_stock ON ${prefix}serial (service_id, given_out, serial);

CREATE INDEX IF NOT EXISTS ${prefix}serial_batch ON ${prefix}serial (service_id, batch, given_out, serial);

INSERT INTO ${prefix}schema_version (script)
SELECT done.script FROM (SELECT 'V1__tokens.sql' AS script) done
WHERE NOT EXISTS (SELECT 1 FROM ${prefix}schema_version v WHERE v.script = done.script);
