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
GRANT SELECT, INSERT ON ${prefix}enrolment TO ${prefix}runtime;
GRANT SELECT, INSERT ON ${prefix}token TO ${prefix}runtime;
GRANT SELECT, INSERT ON ${prefix}feed_decision TO ${prefix}runtime;

-- The column rights keep a row with its holder: no key of a row can be changed, and no value that a token has for life.
GRANT UPDATE (
    version, event_count, head_key_name, head, fed_count, user_id, serial, waiting_serial, lapses_at,
    order_state, order_placed_at, order_assigned_at, order_sent_at, software_ended_at, holder_suspension_reason,
    holder_suspended_since, holder_suspended_by, login_asked_for_code, mail_address, password_key_name,
    password_hash, password_failures, mail_code_key_name, mail_code_hash, mail_code_operation,
    mail_code_destination, mail_code_sent_at, mail_code_expires_at, mail_code_failures, proof_nonce_hash,
    proof_operation, proof_serial, proof_expires_at, open_requests, emergency_key_name, emergency_hashes, emergency_unused,
    emergency_failures, emergency_created_at, emergency_expires_at, recovery_key_name, recovery_hashes,
    recovery_unused, recovery_failures, recovery_created_at, backup_failures, row_mac
) ON ${prefix}enrolment TO ${prefix}runtime;
GRANT UPDATE (
    state, key_name, sealed_secret, activated_at, revoked_at, last_step, drift, counter_unknown,
    last_accepted_day, failures, failures_since_accepted, last_failure_at, suspension_reason, suspended_since, suspended_by,
    password_key_name, password_hash, password_failures, provisionable_from, password_dead_at,
    provisioned_at, device, provisioning_repeats, signing_suite, signing_key_name, signing_secret, signing_counter,
    signing_counter_unknown, signing_last_step
) ON ${prefix}token TO ${prefix}runtime;
GRANT UPDATE (
    holder, algorithm, digits, time_step_seconds, t0_seconds, key_name, sealed_secret, starts_at, expires_at,
    last_step, drift, signing_suite, signing_key_name, signing_secret, signing_counter, withdrawn_at, withdrawn_by,
    withdrawn_reason
) ON ${prefix}serial TO ${prefix}runtime;
GRANT UPDATE (published) ON ${prefix}batch TO ${prefix}runtime;
GRANT UPDATE (started, renamed_from, streak, failing, pauses, paused_until) ON ${prefix}consumer TO ${prefix}runtime;
GRANT UPDATE (
    event_number, worker, leased_until, attempts, failed_streak, retry_at, parked_at, error_type, error_message
) ON ${prefix}feed TO ${prefix}runtime;
GRANT UPDATE (reason) ON ${prefix}feed_decision TO ${prefix}runtime;

-- Erasing, ending, discarding and retiring delete rows.
GRANT SELECT, INSERT, DELETE ON ${prefix}reason TO ${prefix}runtime;
GRANT SELECT, INSERT, DELETE ON ${prefix}device TO ${prefix}runtime;
GRANT SELECT, INSERT, DELETE ON ${prefix}consumer TO ${prefix}runtime;
GRANT SELECT, INSERT, DELETE ON ${prefix}batch TO ${prefix}runtime;
GRANT SELECT, INSERT, DELETE ON ${prefix}serial TO ${prefix}runtime;
GRANT SELECT, INSERT, DELETE ON ${prefix}feed TO ${prefix}runtime;

GRANT SELECT ON ${prefix}schema_version TO ${prefix}archiver;
GRANT SELECT ON ${prefix}consumer TO ${prefix}archiver;
GRANT SELECT ON ${prefix}feed TO ${prefix}archiver;
GRANT SELECT (service_id, holder) ON ${prefix}enrolment TO ${prefix}archiver;
GRANT SELECT, INSERT ON ${prefix}key_check TO ${prefix}archiver;
GRANT SELECT, INSERT ON ${prefix}anchor TO ${prefix}archiver;
GRANT UPDATE (event_number, last_key_name, last_link, proof_key_name, proof) ON ${prefix}anchor TO ${prefix}archiver;
GRANT SELECT, DELETE ON ${prefix}event TO ${prefix}archiver;
GRANT SELECT, DELETE ON ${prefix}reason TO ${prefix}archiver;
