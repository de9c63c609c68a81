-- A holder has one user ID for ever.
CREATE UNIQUE INDEX IF NOT EXISTS ${prefix}user_id_holder ON ${prefix}user_id (service_id, holder);

-- A token is of the holder who has its serial number; so a serial number that a token has stays with its holder for ever.
ALTER TABLE ${prefix}serial
    ADD CONSTRAINT IF NOT EXISTS ${prefix}serial_holder UNIQUE (service_id, serial, holder);

-- Found by whoever deletes a serial number, as the discarding of a batch does: the database asks whether a token has it.
CREATE INDEX IF NOT EXISTS ${prefix}token_serial ON ${prefix}token (service_id, serial, holder);

ALTER TABLE ${prefix}token
    ADD CONSTRAINT IF NOT EXISTS ${prefix}token_owner FOREIGN KEY (service_id, serial, holder)
        REFERENCES ${prefix}serial (service_id, serial, holder);

INSERT INTO ${prefix}schema_version (script)
SELECT done.script FROM (SELECT 'V2__ownership.sql' AS script) done
WHERE NOT EXISTS (SELECT 1 FROM ${prefix}schema_version v WHERE v.script = done.script);
