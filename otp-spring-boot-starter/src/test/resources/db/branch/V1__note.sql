CREATE TABLE ${prefix}note (holder VARCHAR(100) PRIMARY KEY);
