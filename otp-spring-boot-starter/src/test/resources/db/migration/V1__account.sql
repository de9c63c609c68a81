CREATE TABLE account (holder VARCHAR(100) PRIMARY KEY, transfer_limit INT NOT NULL);
