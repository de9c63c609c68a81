-- Where the bank writes to a customer whose token has no mail address. A customer without one gets no mail.
ALTER TABLE customer ADD COLUMN mail VARCHAR(254);
