CREATE TABLE account (
    holder VARCHAR(100) PRIMARY KEY,
    transfer_limit INTEGER NOT NULL
);
INSERT INTO account VALUES ('taro', 1000000);
