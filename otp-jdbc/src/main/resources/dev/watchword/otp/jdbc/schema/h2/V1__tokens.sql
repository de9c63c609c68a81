-- All that is recorded about a holder is found by (service_id, holder). The version decides every race. Each statement can
-- be carried out again, since H2 commits it at once and the process may die before the next one.
CREATE TABLE IF NOT EXISTS otp_enrolment (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    version BIGINT NOT NULL,
    user_id VARCHAR(12) NOT NULL,
    serial VARCHAR(12),
    event_count BIGINT NOT NULL,
    PRIMARY KEY (service_id, holder)
);

-- A user ID belongs to one holder for ever.
CREATE TABLE IF NOT EXISTS otp_user_id (
    service_id VARCHAR(8) NOT NULL,
    user_id VARCHAR(12) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    PRIMARY KEY (service_id, user_id),
    FOREIGN KEY (service_id, holder) REFERENCES otp_enrolment (service_id, holder)
);

-- A serial number is good for one token for ever.
CREATE TABLE IF NOT EXISTS otp_serial (
    service_id VARCHAR(8) NOT NULL,
    serial VARCHAR(12) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    PRIMARY KEY (service_id, serial),
    FOREIGN KEY (service_id, holder) REFERENCES otp_enrolment (service_id, holder)
);

-- Every token a holder has or had; otp_enrolment.serial names the present one. A revoked token has no secret.
CREATE TABLE IF NOT EXISTS otp_token (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    serial VARCHAR(12) NOT NULL,
    kind VARCHAR(8) NOT NULL CHECK (kind IN ('SOFTWARE', 'HARDWARE')),
    state VARCHAR(8) NOT NULL CHECK (state IN ('ISSUED', 'ACTIVE', 'REVOKED')),
    algorithm VARCHAR(8) NOT NULL,
    digits INT NOT NULL,
    time_step_seconds BIGINT NOT NULL,
    t0_seconds BIGINT NOT NULL,
    key_name VARCHAR(64),
    sealed_secret VARBINARY(512),
    issued_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    activated_at TIMESTAMP(6) WITH TIME ZONE,
    revoked_at TIMESTAMP(6) WITH TIME ZONE,
    expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    last_step BIGINT,
    failures INT NOT NULL,
    suspension_reason VARCHAR(32),
    suspended_since TIMESTAMP(6) WITH TIME ZONE,
    suspended_by VARCHAR(100),
    PRIMARY KEY (service_id, holder, serial),
    FOREIGN KEY (service_id, holder) REFERENCES otp_enrolment (service_id, holder),
    CHECK ((state = 'REVOKED') = (sealed_secret IS NULL)),
    CHECK ((sealed_secret IS NULL) = (key_name IS NULL)),
    CHECK ((suspension_reason IS NULL) = (suspended_since IS NULL))
);

-- The history of each holder, numbered from 1 without gaps. Rows are inserted, and never changed. A change is known again
-- by its identity at the number of its first event.
CREATE TABLE IF NOT EXISTS otp_event (
    service_id VARCHAR(8) NOT NULL,
    holder VARCHAR_CASESENSITIVE(100) NOT NULL,
    event_number BIGINT NOT NULL,
    change_id VARCHAR(36) NOT NULL,
    happened_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    event_type VARCHAR(32) NOT NULL,
    serial VARCHAR(12) NOT NULL,
    purpose VARCHAR(32),
    operator VARCHAR(100),
    suspension_reason VARCHAR(32),
    reason VARCHAR(500),
    PRIMARY KEY (service_id, holder, event_number)
);
