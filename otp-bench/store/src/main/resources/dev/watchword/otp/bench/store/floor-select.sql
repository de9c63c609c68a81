-- The select of a verification. It is identical to the library's.
SELECT e.service_id, e.holder, e.version, e.event_count, e.head_key_name, e.head, e.row_mac, e.user_id, e.serial, e.waiting_serial,
    e.lapses_at, e.order_state, e.order_placed_at, e.order_assigned_at, e.order_sent_at, e.software_ended_at,
    e.holder_suspension_reason, e.holder_suspended_since, e.holder_suspended_by, e.login_asked_for_code, e.mail_address,
    e.password_key_name, e.password_hash, e.password_failures, e.mail_code_key_name, e.mail_code_hash,
    e.mail_code_operation, e.mail_code_destination, e.mail_code_sent_at, e.mail_code_expires_at, e.mail_code_failures,
    e.proof_nonce_hash, e.proof_operation, e.proof_serial, e.proof_expires_at, e.open_requests,
    e.emergency_key_name, e.emergency_hashes, e.emergency_unused, e.emergency_failures, e.emergency_created_at,
    e.emergency_expires_at, e.recovery_key_name, e.recovery_hashes, e.recovery_unused, e.recovery_failures,
    e.recovery_created_at, e.backup_failures,
    t.state, t.key_name, t.sealed_secret, t.activated_at, t.revoked_at, t.last_step, t.drift, t.counter_unknown, t.last_accepted_day,
    t.failures, t.failures_since_accepted, t.last_failure_at, t.suspension_reason, t.suspended_since, t.suspended_by,
    t.password_key_name, t.password_hash, t.password_failures, t.provisionable_from, t.password_dead_at,
    t.provisioned_at, t.device, t.provisioning_repeats, t.signing_suite, t.signing_key_name, t.signing_secret, t.signing_counter, t.signing_counter_unknown, t.signing_last_step, t.serial, t.kind, t.algorithm, t.digits, t.time_step_seconds,
    t.t0_seconds, t.issued_at, t.expires_at, w.state, w.key_name, w.sealed_secret, w.activated_at, w.revoked_at,
    w.last_step, w.drift, w.counter_unknown, w.last_accepted_day, w.failures, w.failures_since_accepted, w.last_failure_at,
    w.suspension_reason, w.suspended_since, w.suspended_by, w.password_key_name, w.password_hash, w.password_failures,
    w.provisionable_from, w.password_dead_at, w.provisioned_at, w.device, w.provisioning_repeats, w.signing_suite, w.signing_key_name, w.signing_secret, w.signing_counter, w.signing_counter_unknown, w.signing_last_step, w.serial, w.kind,
    w.algorithm, w.digits, w.time_step_seconds, w.t0_seconds, w.issued_at, w.expires_at, CASE WHEN e.holder IS NOT NULL THEN 0
    WHEN EXISTS (SELECT 1 FROM otp_event v
    WHERE v.service_id = ? AND v.holder = ? AND e.holder IS NULL) THEN 1
    WHEN EXISTS (SELECT 1 FROM otp_anchor a
    WHERE a.service_id = ? AND a.holder = ? AND e.holder IS NULL) THEN 1
    ELSE 0 END AS lost
FROM (SELECT 1 AS one) k
LEFT JOIN otp_enrolment e ON e.service_id = ? AND e.holder = ?
LEFT JOIN otp_token t ON t.service_id = ? AND t.holder = ? AND t.serial = e.serial
LEFT JOIN otp_token w ON w.service_id = ? AND w.holder = ? AND w.serial = e.waiting_serial
