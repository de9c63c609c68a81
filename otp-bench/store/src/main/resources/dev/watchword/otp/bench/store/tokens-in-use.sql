-- Assigns every hardware token of the stock to a holder and activates it, with one statement for each table.
INSERT INTO otp_enrolment (service_id, holder, version, event_count, head_key_name, head, user_id, serial,
    password_failures, mail_code_failures)
SELECT service_id, CONCAT('holder-', serial), 1, 1, 'h', '0000000000000000000000000000000000000000000000000000000000000000',
    CONCAT('100', serial), serial, 0, 0
FROM otp_serial;
INSERT INTO otp_user_id (service_id, user_id, holder)
SELECT service_id, CONCAT('100', serial), CONCAT('holder-', serial) FROM otp_serial;
CREATE TABLE serials AS SELECT * FROM otp_serial;
UPDATE otp_serial SET holder = CONCAT('holder-', serial), algorithm = NULL, digits = NULL, time_step_seconds = NULL,
    t0_seconds = NULL, key_name = NULL, sealed_secret = NULL, expires_at = NULL, drift = NULL;
INSERT INTO otp_token (service_id, holder, serial, kind, state, algorithm, digits, time_step_seconds, t0_seconds, key_name,
    sealed_secret, issued_at, activated_at, expires_at, drift, counter_unknown, failures, failures_since_accepted)
SELECT service_id, CONCAT('holder-', serial), serial, 'HARDWARE', 'ACTIVE', algorithm, digits, time_step_seconds, t0_seconds,
    key_name, sealed_secret, 1767225600000000, 1767225600000000, expires_at, 0, FALSE, 0, 0
FROM serials;
DROP TABLE serials;
