-- A later version of the schema, which only the test of upgrades has: a new table, a column, an index and a changed row.
CREATE TABLE IF NOT EXISTS ${prefix}branch (
    service_id TEXT NOT NULL,
    branch TEXT NOT NULL,
    PRIMARY KEY (service_id, branch)
) STRICT;

-- SQLite runs a script as one transaction, so no statement is repeated.
ALTER TABLE ${prefix}enrolment ADD COLUMN branch TEXT;

CREATE INDEX IF NOT EXISTS ${prefix}enrolment_branch ON ${prefix}enrolment (service_id, branch, holder);

UPDATE ${prefix}enrolment SET branch = 'head office' WHERE branch IS NULL;

INSERT INTO ${prefix}schema_version (script)
SELECT done.script FROM (SELECT 'R__watchword_002_later.sql' AS script) done
WHERE NOT EXISTS (SELECT 1 FROM ${prefix}schema_version v WHERE v.script = done.script);
