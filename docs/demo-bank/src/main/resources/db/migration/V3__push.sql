-- Signing requests that wait for the app of a user. Only the device of the user can open the bytes.
CREATE TABLE push (
    request_id VARCHAR(32) NOT NULL PRIMARY KEY,
    user_id VARCHAR(12) NOT NULL,
    sealed VARCHAR(24000) NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX push_of_user ON push (user_id, expires_at);

-- How the customer confirms a transfer: the method, what the customer types into the token, and until when.
ALTER TABLE transfer ADD COLUMN method VARCHAR(20);
ALTER TABLE transfer ADD COLUMN challenge VARCHAR(64);
ALTER TABLE transfer ADD COLUMN expires_at BIGINT;
CREATE UNIQUE INDEX transfer_of_request ON transfer (request_id);
