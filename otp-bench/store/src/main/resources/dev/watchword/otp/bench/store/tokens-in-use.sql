-- One holder with a hardware token in use: one row in each table. The other values are parameters.
INSERT INTO otp_enrolment (service_id, holder, version, event_count, head_key_name, head, user_id, serial, row_mac,
    password_failures, mail_code_failures, backup_failures)
VALUES ('10112235', ?, 1, 1, 'h', '0000000000000000000000000000000000000000000000000000000000000000', ?, ?, ?, 0, 0, 0);
INSERT INTO otp_user_id (service_id, holder, user_id) VALUES ('10112235', ?, ?);
INSERT INTO otp_serial (service_id, holder, serial) VALUES ('10112235', ?, ?);
INSERT INTO otp_token (service_id, holder, serial, kind, state, algorithm, digits, time_step_seconds, t0_seconds, key_name,
    sealed_secret, issued_at, activated_at, expires_at, drift, counter_unknown, last_accepted_day, failures,
    failures_since_accepted)
VALUES ('10112235', ?, ?, 'HARDWARE', 'ACTIVE', 'SHA1', 8, 60, 0, 's', ?, 1767225600000000, 1767225600000000,
    4070908800000000, 0, FALSE, 20834, 0, 0);
