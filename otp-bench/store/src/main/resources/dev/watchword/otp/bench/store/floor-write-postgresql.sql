-- The write of an accepted code on PostgreSQL: one statement, which is identical to the library's.
WITH enrolment AS (UPDATE otp_enrolment SET version = ?, event_count = ?, head_key_name = ?, head = ?, row_mac = ?
    WHERE service_id = ? AND holder = ? AND version = ? RETURNING 1),
token0 AS (UPDATE otp_token SET last_step = ?, drift = ?, failures = ?, failures_since_accepted = ?, last_failure_at = ?
    WHERE service_id = ? AND holder = ? AND serial = ?
    AND EXISTS (SELECT 1 FROM enrolment)),
event0 AS (INSERT INTO otp_event (service_id, holder, event_number, change_id, happened_at, event_type, serial,
        purpose, operator, suspension_reason, request, reason_mac, link_key_name, link)
    SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM enrolment)
SELECT COUNT(*) FROM enrolment
