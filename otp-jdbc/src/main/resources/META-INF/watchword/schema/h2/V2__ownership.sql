-- A holder has one user ID, permanently.
CREATE UNIQUE INDEX IF NOT EXISTS ${prefix}user_id_holder ON ${prefix}user_id (service_id, holder);

-- A token belongs to the holder of its serial number. The serial number of a token therefore stays with its holder
-- permanently.
ALTER TABLE ${prefix}serial
    ADD CONSTRAINT IF NOT EXISTS ${prefix}serial_holder UNIQUE (service_id, serial, holder);

-- The foreign key check uses this index when a serial number is deleted, as in the discarding of a batch. It checks
-- whether a token has the serial number.
CREATE INDEX IF NOT EXISTS ${prefix}token_serial ON ${prefix}token (service_id, serial, holder);

ALTER TABLE ${prefix}token
    ADD CONSTRAINT IF NOT EXISTS ${prefix}token_owner FOREIGN KEY (service_id, serial, holder)
        REFERENCES ${prefix}serial (service_id, serial, holder);

INSERT INTO ${prefix}schema_version (script)
SELECT done.script FROM (SELECT 'V2__ownership.sql' AS script) done
WHERE NOT EXISTS (SELECT 1 FROM ${prefix}schema_version v WHERE v.script = done.script);
