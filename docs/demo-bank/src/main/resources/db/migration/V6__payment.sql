-- What the bank paid. Rows are only inserted. A signing request that a customer confirmed pays once, whatever happens to its transfer.
CREATE TABLE payment (
    request_id VARCHAR(100) NOT NULL PRIMARY KEY,
    login_id VARCHAR(100) NOT NULL REFERENCES customer (login_id),
    payee VARCHAR(20) NOT NULL,
    payee_name VARCHAR(100) NOT NULL,
    amount BIGINT NOT NULL
);
