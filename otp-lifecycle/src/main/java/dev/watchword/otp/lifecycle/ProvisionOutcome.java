package dev.watchword.otp.lifecycle;

/** What came of an app's request for its secret: {@link Provisioned} or {@link NotProvisioned}. */
public sealed interface ProvisionOutcome permits Provisioned, NotProvisioned {
    /**
     * Returns the poor answer, for whoever sent the request.
     *
     * @return accepted or not accepted, and no more
     */
    default Answer answer() {
        return this instanceof Provisioned ? Answer.ACCEPTED : Answer.NOT_ACCEPTED;
    }
}
