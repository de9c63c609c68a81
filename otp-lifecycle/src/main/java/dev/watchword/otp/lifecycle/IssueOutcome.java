package dev.watchword.otp.lifecycle;

/** What came of issuing a software token: {@link Issued}, {@link Refused} or {@link InvalidFields}. */
public sealed interface IssueOutcome permits Issued, Refused, InvalidFields {}
