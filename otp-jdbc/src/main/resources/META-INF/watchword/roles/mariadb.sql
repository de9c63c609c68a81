-- The two roles with exactly the rights that they need: the runtime role runs the service, and the archiver role
-- archives its histories. A user who may create roles and grant rights runs this script in the database of the tables.
-- Run it after the schema is applied, and again after each upgrade. Replace ${prefix} with the prefix of the tables.
-- Then grant each user one of the roles, and make it the default role of the user's sessions:
-- GRANT otp_runtime TO watchword, SET DEFAULT ROLE otp_runtime FOR watchword.
-- Roles belong to the server, so two databases with the same prefix share them.
CREATE ROLE IF NOT EXISTS ${prefix}runtime;
CREATE ROLE IF NOT EXISTS ${prefix}archiver;

GRANT SELECT ON ${prefix}schema_version TO ${prefix}runtime;
GRANT SELECT ON ${prefix}anchor TO ${prefix}runtime;
GRANT SELECT, INSERT ON ${prefix}user_id TO ${prefix}runtime;
GRANT SELECT, INSERT ON ${prefix}event TO ${prefix}runtime;
GRANT SELECT, INSERT ON ${prefix}key_check TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE ON ${prefix}enrolment TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE ON ${prefix}token TO ${prefix}runtime;

-- Erasing, discarding and retiring delete rows.
GRANT SELECT, INSERT, DELETE ON ${prefix}reason TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}consumer TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}batch TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}serial TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}feed TO ${prefix}runtime;

GRANT SELECT ON ${prefix}schema_version TO ${prefix}archiver;
GRANT SELECT ON ${prefix}consumer TO ${prefix}archiver;
GRANT SELECT ON ${prefix}feed TO ${prefix}archiver;
GRANT SELECT (service_id, holder) ON ${prefix}enrolment TO ${prefix}archiver;
GRANT SELECT, INSERT ON ${prefix}key_check TO ${prefix}archiver;
GRANT SELECT, INSERT, UPDATE ON ${prefix}anchor TO ${prefix}archiver;
GRANT SELECT, DELETE ON ${prefix}event TO ${prefix}archiver;
GRANT SELECT, DELETE ON ${prefix}reason TO ${prefix}archiver;
