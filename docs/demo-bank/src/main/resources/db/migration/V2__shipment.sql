-- The hardware tokens that customers ordered, with the address at that time. Instants are microseconds since 1970-01-01 UTC.
CREATE TABLE shipment (
    login_id VARCHAR(100) NOT NULL REFERENCES customer (login_id),
    address VARCHAR(200) NOT NULL,
    ordered_at BIGINT NOT NULL,
    PRIMARY KEY (login_id, ordered_at)
);

-- The mail codes of the last minutes, to limit how many a customer requests.
CREATE TABLE mail_code (
    login_id VARCHAR(100) NOT NULL REFERENCES customer (login_id),
    sent_at BIGINT NOT NULL
);

CREATE INDEX mail_code_of_customer ON mail_code (login_id, sent_at);
