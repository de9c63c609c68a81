-- What a verification has to know, read by hand.
SELECT e.version, e.event_count, e.head_key_name, e.head, e.user_id, e.serial, e.waiting_serial, e.lapses_at,
    t.kind, t.state, t.algorithm, t.digits, t.time_step_seconds, t.t0_seconds, t.key_name, t.sealed_secret, t.expires_at,
    t.last_step, t.drift, t.failures, t.failures_since_accepted, t.last_failure_at, t.suspension_reason
FROM otp_enrolment e
JOIN otp_token t ON t.service_id = e.service_id AND t.holder = e.holder AND t.serial = e.serial
WHERE e.service_id = ? AND e.holder = ?
