-- The two roles, with the rights that they need and no others: who runs the service, and who archives its histories. To be carried
-- out in the database of the tables, by who may create roles and grant rights, with ${prefix} replaced by the prefix of the tables;
-- and again after each upgrade. Then give each user one of them, and let it be the one that a session begins with:
-- GRANT otp_runtime TO watchword, SET DEFAULT ROLE otp_runtime FOR watchword.
-- Roles are the server's: two databases with one prefix would share them.
CREATE ROLE IF NOT EXISTS ${prefix}runtime;
CREATE ROLE IF NOT EXISTS ${prefix}archiver;

GRANT SELECT ON ${prefix}schema_version TO ${prefix}runtime;
GRANT SELECT ON ${prefix}anchor TO ${prefix}runtime;
GRANT SELECT, INSERT ON ${prefix}user_id TO ${prefix}runtime;
GRANT SELECT, INSERT ON ${prefix}event TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE ON ${prefix}enrolment TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE ON ${prefix}token TO ${prefix}runtime;

-- What is erased, discarded, retired.
GRANT SELECT, INSERT, DELETE ON ${prefix}reason TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}consumer TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}batch TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}serial TO ${prefix}runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${prefix}feed TO ${prefix}runtime;

GRANT SELECT ON ${prefix}schema_version TO ${prefix}archiver;
GRANT SELECT ON ${prefix}consumer TO ${prefix}archiver;
GRANT SELECT ON ${prefix}feed TO ${prefix}archiver;
GRANT SELECT (service_id, holder) ON ${prefix}enrolment TO ${prefix}archiver;
GRANT SELECT, INSERT, UPDATE ON ${prefix}anchor TO ${prefix}archiver;
GRANT SELECT, DELETE ON ${prefix}event TO ${prefix}archiver;
GRANT SELECT, DELETE ON ${prefix}reason TO ${prefix}archiver;
