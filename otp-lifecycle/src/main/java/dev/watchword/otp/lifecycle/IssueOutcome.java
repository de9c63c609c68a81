package dev.watchword.otp.lifecycle;

/** What came of issuing a software token: {@link Issued} or {@link Refused}. */
public sealed interface IssueOutcome permits Issued, Refused {

    /**
     * Returns how the holder stands after it.
     *
     * @return the registration
     */
    Registration registration();
}
