CREATE VIEW holders_with_notes AS
SELECT e.holder FROM otp_enrolment e JOIN ${prefix}note n ON n.holder = e.holder;
