package dev.watchword.otp.lifecycle;

/** What came of asking for a mail code: {@link MailCodeMade}, {@link Refused} or {@link InvalidFields}. */
public sealed interface MailCodeOutcome permits MailCodeMade, Refused, InvalidFields {}
