-- The writes of an accepted code: one transaction of these statements, which are identical to the library's. The first one takes
-- the write lock.
DELETE FROM otp_schema_version WHERE FALSE;
UPDATE otp_enrolment SET version = ?, event_count = ?, head_key_name = ?, head = ?, row_mac = ?
WHERE service_id = ? AND holder = ? AND version = ?;
UPDATE otp_token SET last_step = ?, drift = ?, failures = ?, failures_since_accepted = ?, last_failure_at = ?
WHERE service_id = ? AND holder = ? AND serial = ?;
INSERT INTO otp_event (service_id, holder, event_number, change_id, happened_at, event_type, serial,
    purpose, operator, suspension_reason, request, reason_mac, link_key_name, link)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
