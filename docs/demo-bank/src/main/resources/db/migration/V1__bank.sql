-- The bank's own tables, for SQLite and PostgreSQL. Instants are microseconds since 1970-01-01 UTC.
CREATE TABLE customer (
    login_id VARCHAR(100) NOT NULL PRIMARY KEY,
    password VARCHAR(200) NOT NULL,
    name VARCHAR(100) NOT NULL,
    address VARCHAR(200) NOT NULL,
    transfer_limit BIGINT NOT NULL
);

CREATE TABLE operator (
    name VARCHAR(100) NOT NULL PRIMARY KEY,
    password VARCHAR(200) NOT NULL
);

CREATE TABLE transfer (
    id VARCHAR(40) NOT NULL PRIMARY KEY,
    login_id VARCHAR(100) NOT NULL REFERENCES customer (login_id),
    payee VARCHAR(20) NOT NULL,
    payee_name VARCHAR(100) NOT NULL,
    amount BIGINT NOT NULL,
    request_id VARCHAR(100),
    state VARCHAR(20) NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX transfer_of_customer ON transfer (login_id, created_at);

-- See dev.watchword.otp.spring.feed.HandledEvents.
CREATE TABLE watchword_handled (
    consumer VARCHAR(64) NOT NULL,
    holder VARCHAR(100) NOT NULL,
    number BIGINT NOT NULL,
    recorded_at BIGINT,
    PRIMARY KEY (consumer, holder)
);

-- Only the profile demo uses these.
CREATE TABLE outbox (
    id VARCHAR(40) NOT NULL PRIMARY KEY,
    recipient VARCHAR(254) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    body VARCHAR(2000) NOT NULL,
    sent_at BIGINT NOT NULL
);

CREATE TABLE stage_time (
    id INTEGER NOT NULL PRIMARY KEY,
    offset_seconds BIGINT NOT NULL
);
INSERT INTO stage_time (id, offset_seconds) VALUES (1, 0);
