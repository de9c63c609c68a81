-- The two roles with exactly the rights that they need: the runtime role runs the service, and the archiver role
-- archives its histories. An administrator runs this script after the schema is applied, and again after each upgrade.
-- Replace ${prefix} with the prefix of the tables.
-- Then grant each user one of the roles: GRANT otp_runtime TO watchword.
-- H2 has no column privileges, so the archiver can read complete enrolments, and the runtime role can move rows.
CREATE ROLE IF NOT EXISTS ${prefix}runtime;
CREATE ROLE IF NOT EXISTS ${prefix}archiver;

GRANT SELECT ON ${prefix}schema_version TO ${prefix}runtime;
GRANT SELECT ON ${prefix}anchor TO ${prefix}runtime;
GRANT SELECT, INSERT ON ${prefix}user_id TO ${prefix}runtime;
GRANT SELECT, INSERT ON ${prefix}event TO ${prefix}runtime;
GRANT SELECT, INSERT ON ${prefix}key_check TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE ON ${prefix}enrolment TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE ON ${prefix}token TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE ON ${prefix}feed_decision TO ${prefix}runtime;

-- Erasing, ending, discarding and retiring delete rows.
GRANT SELECT, INSERT, DELETE ON ${prefix}reason TO ${prefix}runtime;
GRANT SELECT, INSERT, DELETE ON ${prefix}device TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}consumer TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}batch TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}serial TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}feed TO ${prefix}runtime;

GRANT SELECT ON ${prefix}schema_version TO ${prefix}archiver;
GRANT SELECT ON ${prefix}consumer TO ${prefix}archiver;
GRANT SELECT ON ${prefix}feed TO ${prefix}archiver;
GRANT SELECT ON ${prefix}enrolment TO ${prefix}archiver;
GRANT SELECT, INSERT ON ${prefix}key_check TO ${prefix}archiver;
GRANT SELECT, INSERT, UPDATE ON ${prefix}anchor TO ${prefix}archiver;
GRANT SELECT, DELETE ON ${prefix}event TO ${prefix}archiver;
GRANT SELECT, DELETE ON ${prefix}reason TO ${prefix}archiver;
