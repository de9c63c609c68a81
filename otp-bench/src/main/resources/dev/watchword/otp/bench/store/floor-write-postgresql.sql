-- What an accepted code changes, written by hand: PostgreSQL takes it as one statement.
WITH e AS (
    UPDATE otp_enrolment SET version = ?, event_count = ?, head_key_name = ?, head = ?
    WHERE service_id = ? AND holder = ? AND version = ? RETURNING 1),
t AS (
    UPDATE otp_token SET last_step = ?, drift = ?, failures = ?, failures_since_accepted = ?, last_failure_at = NULL
    WHERE service_id = ? AND holder = ? AND serial = ? AND EXISTS (SELECT 1 FROM e)),
h AS (
    INSERT INTO otp_event (service_id, holder, event_number, change_id, happened_at, event_type, serial, purpose,
        link_key_name, link)
    SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM e)
SELECT COUNT(*) FROM e
