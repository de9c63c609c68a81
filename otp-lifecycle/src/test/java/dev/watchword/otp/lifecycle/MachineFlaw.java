package dev.watchword.otp.lifecycle;

import dev.watchword.otp.Totp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One mistake each of a machine, named after the rule that it breaks. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are
enum MachineFlaw {
    /** Forgets which step was accepted, so that its code is good again. */
    R1_2_FORGETS_THE_ACCEPTED_STEP((before, command, decision) -> withTokens(
            decision,
            token -> token.afterAccepting(
                    new CodeState(Totp.NO_STEP, token.codes().drift())))),
    /** Learns no drift. */
    R1_4_LEARNS_NO_DRIFT((before, command, decision) -> withTokens(
            decision, token -> codes(token, new CodeState(token.codes().lastStep(), 0)))),
    /** Suspends one wrong code too late. */
    R2_1_SUSPENDS_TOO_LATE(policy ->
            policy.withLock(new LockPolicy(policy.lock().failureLimit() + 1, 100, Duration.ZERO, Duration.ZERO))),
    /** Keeps the counter when a code is accepted. */
    R2_2_NEVER_FORGIVES((before, command, decision) -> command instanceof Command.Verify && decision.refusal() == null
            ? withTokens(decision, token -> token.failing(before.requireActive().failures()))
            : decision),
    /** Keeps the counter when an operator resumes. */
    R2_3_RESUMES_WITHOUT_TRIES((before, command, decision) -> command instanceof Command.Resume
                    && decision.refusal() == null
            ? withTokens(decision, token -> token.failing(before.requireActive().failures()))
            : decision),
    /** Does not charge a wrong code at the door of revocation. */
    R2_5_LEAVES_A_DOOR_OPEN(
            (before, command, decision) -> command instanceof Command.Revoke && decision.refusal() == Refusal.WRONG_CODE
                    ? Decision.refuse(before, Refusal.WRONG_CODE, null)
                    : decision),
    /** Lets a resumption reset the ceiling. */
    R2_6_RESETS_THE_CEILING((before, command, decision) ->
            command instanceof Command.Resume ? withTokens(decision, token -> token.failing(Failures.NONE)) : decision),
    /** Lets no delay grow. */
    R2_8_KNOWS_NO_DELAY(policy -> policy.withLock(new LockPolicy(
            policy.lock().failureLimit(), policy.lock().failureCeiling(), Duration.ZERO, Duration.ZERO))),
    /** Forgets where the holder is written to. */
    R4_2_FORGETS_THE_ADDRESS(
            (before, command, decision) -> with(decision, decision.enrolment().factors(), null)),
    /** Answers another device too. */
    R4_3_ANSWERS_ANY_DEVICE((before, command) -> command instanceof Command.Provision provision
            ? new Command.Provision(provision.password(), Condition.DEVICE)
            : command),
    /** Lets an activation password be guessed. */
    R4_4_LETS_PASSWORDS_BE_GUESSED(policy -> policy.withSoftware(new SoftwarePolicy(
            policy.software().lifetime(),
            policy.software().generatedPassword(),
            20,
            policy.software().passwordLifetime(),
            policy.software().grace(),
            policy.software().fromNextDay()))),
    /** Lets an issue wait for ever. */
    R4_8_NEVER_LAPSES(policy -> new TokenPolicy(
            policy.codes(),
            policy.lock(),
            policy.software(),
            policy.renewal(),
            policy.confirmation(),
            policy.hashing(),
            Duration.ofDays(36_525),
            policy.zone())),
    /** Does not compare the serial number of a fob. */
    R5_3_IGNORES_THE_SERIAL(
            (before, command) -> command instanceof Command.Activate activate && activate.serial() != null
                    ? new Command.Activate(TokenServiceFixture.SERIAL, activate.evidence())
                    : command),
    /** Renews tokens that are new. */
    R6_1_RENEWS_AT_ANY_TIME(
            policy -> policy.withRenewal(new RenewalPolicy(policy.renewal().kinds(), Duration.ofDays(36_525)))),
    /** Lets a successor outlive the revocation of the old token. */
    R6_2_LETS_THE_SUCCESSOR_LIVE((before, command, decision) ->
            command instanceof Command.Revoke && decision.refusal() == null && before.waiting() != null
                    ? withWaiting(decision, before.waiting())
                    : decision),
    /** Lets an app be provisioned on the day of a revocation. */
    R7_3_FORGETS_THE_DAY(policy -> policy.withSoftware(new SoftwarePolicy(
            policy.software().lifetime(),
            policy.software().generatedPassword(),
            policy.software().passwordTries(),
            policy.software().passwordLifetime(),
            policy.software().grace(),
            false))),
    /** Takes any confirmation password. */
    R8_1_TAKES_ANY_PASSWORD((before, command) -> command instanceof Command.PlaceOrder order
            ? new Command.PlaceOrder(order.userId(), right(order.evidence()))
            : command instanceof Command.Revoke revoke ? new Command.Revoke(right(revoke.evidence())) : command),
    /** Lets a confirmation password be guessed. */
    R8_2_LETS_PASSWORDS_BE_GUESSED(policy -> policy.withConfirmation(new ConfirmationPolicy(
            policy.confirmation().factors(),
            policy.confirmation().passwordKeeper(),
            100,
            policy.confirmation().mailCodeTries(),
            policy.confirmation().mailCodeLifetime()))),
    /** Takes a mail code twice. */
    R8_3_TAKES_A_MAIL_CODE_TWICE((before, command, decision) -> command instanceof Command.Issue
            ? with(decision, before.factors(), decision.enrolment().mailAddress())
            : decision),
    /** Lets a new mail code reset the count of wrong ones. */
    R8_3_FORGIVES_WITH_EVERY_MAIL_CODE((before, command, decision) -> command instanceof Command.MakeMailCode
            ? with(
                    decision,
                    new Factors(
                            decision.enrolment().factors().password(),
                            0,
                            decision.enrolment().factors().mailCode(),
                            0),
                    decision.enrolment().mailAddress())
            : decision),
    /** Does not record what a code was for. */
    R9_1_FORGETS_THE_PURPOSE((before, command, decision) -> new Decision(
            decision.enrolment(),
            decision.ended(),
            decision.events().stream()
                    .map(event -> new TokenEvent(
                            event.number(),
                            event.at(),
                            event.type(),
                            event.serial(),
                            null,
                            event.operator(),
                            event.suspensionReason(),
                            event.reason()))
                    .toList(),
            decision.refusal(),
            decision.notBefore())),
    /** Keeps with what an erased holder confirmed. */
    R10_3_KEEPS_THE_FACTORS((before, command, decision) ->
            command instanceof Command.Erase ? with(decision, before.factors(), null) : decision),
    /** Keeps where an erased holder was written to. */
    R10_3_KEEPS_THE_ADDRESS((before, command, decision) ->
            command instanceof Command.Erase ? with(decision, Factors.NONE, before.mailAddress()) : decision),
    /** Records a floor and raises none. */
    R11_3_RAISES_NO_FLOOR((before, command, decision) -> command instanceof Command.RaiseFloor
            ? withTokens(decision, token -> codes(token, before.requireActive().codes()))
            : decision),
    /** Leaves a fob in use of which nobody knows how far it was. */
    R11_3_TRUSTS_COUNTERS((before, command, decision) ->
            command instanceof Command.RaiseFloor ? withTokens(decision, token -> before.requireActive()) : decision),
    /** Takes a token over as if it had never shown a code. */
    R12_4_TAKES_NOTHING_FOR_SPENT((before, command, decision) -> command instanceof Command.TakeOver takeOver
            ? withTokens(decision, token -> codes(token, takeOver.codes()))
            : decision),
    /** Takes a suspended token over as one in use. */
    R12_4_FORGETS_SUSPENSIONS((before, command, decision) ->
            command instanceof Command.TakeOver ? withTokens(decision, token -> token.resumed()) : decision);

    /** Spoils a decision. */
    private interface Spoiler {
        Decision spoil(Enrolment before, Command command, Decision decision);
    }

    /** Spoils what is asked. */
    private interface CommandSpoiler {
        Command spoil(Enrolment before, Command command);
    }

    private final UnaryOperator<TokenPolicy> policy;
    private final CommandSpoiler command;
    private final Spoiler decision;

    MachineFlaw(UnaryOperator<TokenPolicy> policy) {
        this.policy = policy;
        this.command = (before, asked) -> asked;
        this.decision = (before, asked, decided) -> decided;
    }

    MachineFlaw(CommandSpoiler command) {
        this.policy = right -> right;
        this.command = command;
        this.decision = (before, asked, decided) -> decided;
    }

    MachineFlaw(Spoiler decision) {
        this.policy = right -> right;
        this.command = (before, asked) -> asked;
        this.decision = decision;
    }

    /** The rule that it breaks, such as R2.6. */
    String rule() {
        String[] parts = name().split("_", -1);
        return parts[0] + "." + parts[1];
    }

    /** A machine that is right but for this. */
    TokenMachine machine(TokenPolicy rightPolicy) {
        return new TokenMachine(policy.apply(rightPolicy)) {
            @Override
            Decision decide(Enrolment before, Command asked, Instant now) {
                Decision decided = super.decide(before, command.spoil(before, asked), now);
                return decided.changes() ? decision.spoil(before, asked, decided) : decided;
            }
        };
    }

    private static Evidence right(Evidence evidence) {
        return new Evidence(Proof.RIGHT, evidence.mailCode(), evidence.code());
    }

    private static Token codes(Token token, CodeState codes) {
        return token.afterAccepting(codes).failing(token.failures());
    }

    private static Decision withTokens(Decision decision, UnaryOperator<Token> change) {
        Enrolment enrolment = decision.enrolment();
        Token token = enrolment.token();
        boolean active = token != null && token.state() == TokenState.ACTIVE;
        return with(
                decision,
                active ? change.apply(token) : token,
                enrolment.waiting(),
                enrolment.factors(),
                enrolment.mailAddress(),
                decision.ended());
    }

    private static Decision withWaiting(Decision decision, @Nullable Waiting waiting) {
        Enrolment enrolment = decision.enrolment();
        return with(decision, enrolment.token(), waiting, enrolment.factors(), enrolment.mailAddress(), List.of());
    }

    private static Decision with(Decision decision, Factors factors, @Nullable MailAddress mailAddress) {
        Enrolment enrolment = decision.enrolment();
        return with(decision, enrolment.token(), enrolment.waiting(), factors, mailAddress, decision.ended());
    }

    private static Decision with(
            Decision decision,
            @Nullable Token token,
            @Nullable Waiting waiting,
            Factors factors,
            @Nullable MailAddress mailAddress,
            List<Token> ended) {
        Enrolment enrolment = decision.enrolment();
        Enrolment spoilt = new Enrolment(
                enrolment.serviceId(),
                enrolment.holder(),
                enrolment.version(),
                enrolment.userId(),
                token,
                waiting,
                enrolment.softwareRevokedAt(),
                mailAddress,
                factors,
                enrolment.eventCount(),
                enrolment.head());
        return new Decision(spoilt, ended, decision.events(), decision.refusal(), decision.notBefore());
    }
}
