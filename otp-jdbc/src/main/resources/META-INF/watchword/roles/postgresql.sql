-- The two roles, with the rights that they need and no others: who runs the service, and who archives its histories. To be carried
-- out by the owner of the tables, who may create roles, with ${prefix} replaced by the prefix of the tables; and again after each
-- upgrade. Then give each user one of them: GRANT otp_runtime TO watchword.
-- Before PostgreSQL 15 everybody may create tables, until it is taken away: REVOKE CREATE ON SCHEMA public FROM PUBLIC.
DO $$ BEGIN CREATE ROLE ${prefix}runtime; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE ${prefix}archiver; EXCEPTION WHEN duplicate_object THEN NULL; END $$;

GRANT SELECT ON ${prefix}schema_version, ${prefix}anchor TO ${prefix}runtime;
GRANT SELECT, INSERT ON ${prefix}user_id, ${prefix}event TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE ON ${prefix}enrolment, ${prefix}token TO ${prefix}runtime;

-- What is erased, discarded, retired.
GRANT SELECT, INSERT, DELETE ON ${prefix}reason TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}batch, ${prefix}serial, ${prefix}consumer, ${prefix}feed TO ${prefix}runtime;

GRANT SELECT ON ${prefix}schema_version, ${prefix}consumer, ${prefix}feed TO ${prefix}archiver;
GRANT SELECT (service_id, holder) ON ${prefix}enrolment TO ${prefix}archiver;
GRANT SELECT, INSERT, UPDATE ON ${prefix}anchor TO ${prefix}archiver;
GRANT SELECT, DELETE ON ${prefix}event, ${prefix}reason TO ${prefix}archiver;
