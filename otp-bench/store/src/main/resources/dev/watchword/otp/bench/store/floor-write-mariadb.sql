-- The write of an accepted code on MariaDB: one block, which is identical to the library's.
BEGIN NOT ATOMIC
DECLARE at_commit BOOLEAN DEFAULT FALSE;
DECLARE EXIT HANDLER FOR SQLSTATE '40001' BEGIN ROLLBACK; RESIGNAL; END;
DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN
ROLLBACK; IF at_commit THEN RESIGNAL SQLSTATE '08007'; END IF; RESIGNAL;
END;
START TRANSACTION;
UPDATE otp_enrolment SET version = ?, event_count = ?, head_key_name = ?, head = ?, row_mac = ?
WHERE service_id = ? AND holder = ? AND version = ?;
IF ROW_COUNT() = 1 THEN
UPDATE otp_token SET last_step = ?, drift = ?, failures = ?, failures_since_accepted = ?, last_failure_at = ?
WHERE service_id = ? AND holder = ? AND serial = ?;
INSERT INTO otp_event (service_id, holder, event_number, change_id, happened_at, event_type, serial,
    purpose, operator, suspension_reason, request, reason_mac, link_key_name, link)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
SET at_commit = TRUE; COMMIT; SELECT 1; ELSE ROLLBACK; SELECT 0; END IF;
END
