-- The two roles with exactly the rights that they need: the runtime role runs the service, and the archiver role
-- archives its histories. The owner of the tables, who may create roles, runs this script after the schema is applied,
-- and again after each upgrade. Replace ${prefix} with the prefix of the tables.
-- Then grant each user one of the roles: GRANT otp_runtime TO watchword.
-- Before PostgreSQL 15 every user may create tables in the schema public. Revoke this right:
-- REVOKE CREATE ON SCHEMA public FROM PUBLIC.
DO $$ BEGIN CREATE ROLE ${prefix}runtime; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE ${prefix}archiver; EXCEPTION WHEN duplicate_object THEN NULL; END $$;

GRANT SELECT ON ${prefix}schema_version, ${prefix}anchor TO ${prefix}runtime;
GRANT SELECT, INSERT ON ${prefix}user_id, ${prefix}event, ${prefix}key_check TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE ON ${prefix}enrolment, ${prefix}token TO ${prefix}runtime;

-- Erasing, discarding and retiring delete rows.
GRANT SELECT, INSERT, DELETE ON ${prefix}reason TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}batch, ${prefix}serial, ${prefix}consumer, ${prefix}feed TO ${prefix}runtime;

GRANT SELECT ON ${prefix}schema_version, ${prefix}consumer, ${prefix}feed TO ${prefix}archiver;
GRANT SELECT (service_id, holder) ON ${prefix}enrolment TO ${prefix}archiver;
GRANT SELECT, INSERT ON ${prefix}key_check TO ${prefix}archiver;
GRANT SELECT, INSERT, UPDATE ON ${prefix}anchor TO ${prefix}archiver;
GRANT SELECT, DELETE ON ${prefix}event, ${prefix}reason TO ${prefix}archiver;
