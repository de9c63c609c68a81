-- The mail codes of a customer within some minutes, to limit how many one requests. Instants are microseconds since 1970-01-01 UTC.
DROP TABLE mail_code;

CREATE TABLE mail_codes (
    login_id VARCHAR(100) NOT NULL PRIMARY KEY REFERENCES customer (login_id),
    since BIGINT NOT NULL,
    sent INTEGER NOT NULL
);
