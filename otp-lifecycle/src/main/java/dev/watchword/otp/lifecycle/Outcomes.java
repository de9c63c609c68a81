package dev.watchword.otp.lifecycle;

/** What the caller is told of a decision. */
final class Outcomes {
    private final TokenPolicy policy;
    private final Enrolments enrolments;

    Outcomes(TokenPolicy policy, Enrolments enrolments) {
        this.policy = policy;
        this.enrolments = enrolments;
    }

    Outcome of(Decision decision) {
        return decision.refusal() == null ? new Accepted(registration(decision)) : refused(decision);
    }

    Registration registration(Decision decision) {
        return Registration.of(decision.enrolment(), enrolments.now());
    }

    Refused refused(Decision decision) {
        Refusal refusal = decision.refusal();
        if (refusal == null) {
            throw new IllegalArgumentException("The decision is no refusal");
        }
        return new Refused(refusal, triesLeft(decision.enrolment()), decision.notBefore(), registration(decision));
    }

    private int triesLeft(Enrolment enrolment) {
        if (enrolment.state() == TokenState.ACTIVE) {
            return policy.lock().triesLeft(enrolment.requireActive());
        }
        Waiting waiting = enrolment.waiting();
        return waiting == null || waiting.token() == null ? 0 : policy.lock().triesLeft(waiting.token());
    }
}
