CREATE TABLE branch (
    code VARCHAR(8) NOT NULL,
    PRIMARY KEY (code)
);
