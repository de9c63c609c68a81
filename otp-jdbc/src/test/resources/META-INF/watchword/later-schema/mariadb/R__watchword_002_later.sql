-- A later version of the schema, which only the test of upgrades has: a new table, a column, an index and a changed row.
CREATE TABLE IF NOT EXISTS ${prefix}branch (
    service_id VARCHAR(8) NOT NULL,
    branch VARCHAR(64) NOT NULL,
    PRIMARY KEY (service_id, branch)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

ALTER TABLE ${prefix}enrolment ADD COLUMN IF NOT EXISTS branch VARCHAR(64);

CREATE INDEX IF NOT EXISTS ${prefix}enrolment_branch ON ${prefix}enrolment (service_id, branch, holder);

UPDATE ${prefix}enrolment SET branch = 'head office' WHERE branch IS NULL;

INSERT INTO ${prefix}schema_version (script)
SELECT done.script FROM (SELECT 'R__watchword_002_later.sql' AS script) done
WHERE NOT EXISTS (SELECT 1 FROM ${prefix}schema_version v WHERE v.script = done.script);
