package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Totp;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.OpenProof;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.ProvisioningWait;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A defect of a machine, named after the rule that it breaks. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are
public enum MachineFlaw {
    /** Does not keep the accepted step, so its code is valid again. */
    R1_2_FORGETS_THE_ACCEPTED_STEP((before, command, decision) -> withTokens(
            decision,
            token -> codes(token, new CodeState(Totp.NO_STEP, token.codes().drift())))),
    /** Learns no drift. */
    R1_4_LEARNS_NO_DRIFT((before, command, decision) -> withTokens(
            decision, token -> codes(token, new CodeState(token.codes().lastStep(), 0)))),
    /** Suspends one wrong code too late. */
    R2_1_SUSPENDS_TOO_LATE((UnaryOperator<TokenPolicy>) policy -> policy.withLock(LockPolicy.builder()
            .failureLimit(policy.lock().failureLimit() + 1)
            .failureCeiling(100)
            .build())),
    /** Keeps the failure counter when a code is accepted. */
    R2_2_NEVER_FORGIVES((before, command, decision) -> command instanceof Verify && decision.refusal() == null
            ? withTokens(decision, token -> failing(token, active(before).failures()))
            : decision),
    /** Keeps the failure counter when an operator resumes. */
    R2_3_RESUMES_WITHOUT_TRIES((before, command, decision) -> command instanceof Resume && decision.refusal() == null
            ? withTokens(decision, token -> failing(token, active(before).failures()))
            : decision),
    /** Does not count a wrong code on revocation. */
    R2_5_LEAVES_A_DOOR_OPEN(
            (before, command, decision) -> command instanceof Revoke && decision.refusal() == Refusal.WRONG_CODE
                    ? Decision.refuse(before, Refusal.WRONG_CODE, null)
                    : decision),
    /** Lets a resumption reset the ceiling. */
    R2_6_RESETS_THE_CEILING((before, command, decision) ->
            command instanceof Resume ? withTokens(decision, token -> failing(token, Failures.NONE)) : decision),
    /** Keeps the delay constant. */
    R2_8_KNOWS_NO_DELAY((UnaryOperator<TokenPolicy>) policy -> policy.withLock(policy.lock().toBuilder()
            .firstDelay(Duration.ZERO)
            .greatestDelay(Duration.ZERO)
            .build())),
    /** Loses the holder's mail address. */
    R4_2_FORGETS_THE_ADDRESS(
            (before, command, decision) -> with(decision, decision.enrolment().credentials(), null)),
    /** Provisions another device too. */
    R4_3_ANSWERS_ANY_DEVICE(
            (before, command) -> command instanceof Provision ? new Provision(Condition.DEVICE_KEY) : command),
    /** Allows any number of wrong activation passwords. */
    R4_4_LETS_PASSWORDS_BE_GUESSED((UnaryOperator<TokenPolicy>) policy ->
            policy.withSoftware(policy.software().toBuilder().passwordTries(20).build())),
    /** Lets no issue lapse. */
    R4_8_NEVER_LAPSES((UnaryOperator<TokenPolicy>) policy -> policy.withPendingLifetime(Duration.ofDays(36_525))),
    /** Does not compare the serial number of a hardware token. */
    R5_3_IGNORES_THE_SERIAL((before, command) -> command instanceof Activate activate && activate.serial() != null
            ? new Activate(InstitutionFixture.SERIAL, activate.consecutive())
            : command),
    /** Renews new tokens. */
    R6_1_RENEWS_AT_ANY_TIME((UnaryOperator<TokenPolicy>) policy -> policy.withRenewal(RenewalPolicy.builder()
            .kinds(policy.renewal().kinds())
            .lead(Duration.ofDays(36_525))
            .build())),
    /** Keeps a pending successor when the old token is revoked. */
    R6_2_LETS_THE_SUCCESSOR_LIVE((before, command, decision) ->
            command instanceof Revoke && decision.refusal() == null && before.pending() != null
                    ? withWaiting(decision, before.pending())
                    : decision),
    /** Leaves a lost token usable until its successor is activated. */
    R6_3_LEAVES_THE_LOST_TOKEN_USABLE((before, command) -> command instanceof Replace replace
            ? new Replace(replace.mailAddress(), null, replace.operator(), replace.reason())
            : command),
    /** Suspends a token that only expires soon. */
    R6_3_SUSPENDS_WHAT_IT_SHOULD_KEEP((before, command) -> command instanceof Replace replace
            ? new Replace(replace.mailAddress(), SuspensionReason.OTHER, replace.operator(), replace.reason())
            : command),
    /** Ends the old token with its replacement, so that login stops asking for a code. */
    R6_3_ENDS_THE_OLD_TOKEN_AT_ONCE((before, command, decision) -> command instanceof Replace
            ? with(decision, decision.enrolment().toBuilder().token(null), List.of())
            : decision),
    /** Keeps the suspended token in use when its successor is activated. */
    R6_3_KEEPS_THE_REPLACED_TOKEN((before, command, decision) -> command instanceof Activate
                    && decision.refusal() == null
                    && before.activeToken() != null
                    && before.activeToken().isSuspended()
            ? with(decision, decision.enrolment().toBuilder().token(before.activeToken()), List.of())
            : decision),
    /** Orders for a holder without the operator's name. */
    R5_2_FORGETS_WHO_ORDERED((before, command, decision) -> command instanceof OrderByOperator
            ? new Decision(
                    decision.enrolment(),
                    decision.ended(),
                    decision.events().stream()
                            .map(event -> event.toBuilder().operator(null).build())
                            .toList(),
                    decision.refusal(),
                    decision.notBefore(),
                    decision.stockSecret(),
                    decision.device())
            : decision),
    /** Renews by a token of the other kind although the policy does not allow it. */
    R6_4_RENEWS_TO_ANY_KIND((UnaryOperator<TokenPolicy>) policy ->
            policy.withRenewal(policy.renewal().toBuilder().toOtherKind(true).build())),
    /** Keeps the day on which the token was activated. */
    R3_1_KEEPS_THE_FIRST_DAY((before, command, decision) -> command instanceof Verify
            ? withTokens(decision, token -> usedOn(token, active(before).lastAcceptedOn()))
            : decision),
    /** Records the day of a wrong code. */
    R3_1_TAKES_WRONG_CODES_FOR_USE((before, command, decision) ->
            command instanceof Verify && decision.refusal() == Refusal.WRONG_CODE
                    ? withTokens(decision, token -> usedOn(token, LocalDate.MAX))
                    : decision),
    /** Takes a token over as one that was never used. */
    R12_4_FORGETS_THE_DAY((before, command, decision) ->
            command instanceof TakeOver ? withTokens(decision, token -> usedOn(token, null)) : decision),
    /** Allows provisioning on the day of a revocation. */
    R7_3_FORGETS_THE_DAY((UnaryOperator<TokenPolicy>) policy -> policy.withSoftware(policy.software().toBuilder()
            .provisioningWait(ProvisioningWait.NONE)
            .build())),
    /** Accepts any confirmation password. */
    R8_1_TAKES_ANY_PASSWORD(MachineFlaw::withRightPassword),
    /** Allows any number of wrong confirmation passwords. */
    R8_2_LETS_PASSWORDS_BE_GUESSED((UnaryOperator<TokenPolicy>) policy -> policy.withConfirmation(
            policy.confirmation().toBuilder().passwordTries(100).build())),
    /** Accepts a mail code twice. */
    R8_3_TAKES_A_MAIL_CODE_TWICE((before, command, decision) -> command instanceof Issue
            ? with(decision, before.credentials(), decision.enrolment().mailAddress())
            : decision),
    /** Lets a new mail code reset the count of wrong ones. */
    R8_3_FORGIVES_WITH_EVERY_MAIL_CODE((before, command, decision) -> command instanceof MakeMailCode
            ? with(
                    decision,
                    decision.enrolment().credentials().toBuilder()
                            .passwordFailures(0)
                            .mailCodeFailures(0)
                            .build(),
                    decision.enrolment().mailAddress())
            : decision),
    /** Does not record the purpose of a code. */
    R9_1_FORGETS_THE_PURPOSE((before, command, decision) -> new Decision(
            decision.enrolment(),
            decision.ended(),
            decision.events().stream()
                    .map(event -> event.toBuilder().purpose(null).build())
                    .toList(),
            decision.refusal(),
            decision.notBefore(),
            decision.stockSecret(),
            decision.device())),
    /** Keeps the credentials of an erased holder. */
    R10_3_KEEPS_THE_FACTORS((before, command, decision) ->
            command instanceof Erase ? with(decision, before.credentials(), null) : decision),
    /** Keeps the mail address of an erased holder. */
    R10_3_KEEPS_THE_ADDRESS((before, command, decision) ->
            command instanceof Erase ? with(decision, Credentials.NONE, before.mailAddress()) : decision),
    /** Records a floor without raising it. */
    R11_3_RAISES_NO_FLOOR((before, command, decision) -> command instanceof RaiseFloor
            ? withTokens(decision, token -> codes(token, active(before).codes()))
            : decision),
    /** Accepts single codes of a HOTP token whose counter is unknown. */
    R11_3_TRUSTS_COUNTERS((before, command, decision) -> command instanceof RaiseFloor
            ? withTokens(
                    decision, token -> token.toBuilder().counterUnknown(false).build())
            : decision),
    /** Raises the floor without the drift that can have been learned after the backup. */
    R11_3_TRUSTS_THE_RESTORED_DRIFT((before, command, decision) -> command instanceof RaiseFloor
            ? withTokens(
                    decision,
                    token -> codes(
                            token,
                            new CodeState(
                                    token.codes().lastStep() - 20, token.codes().drift())))
            : decision),
    /** Resets the count of wrong mail codes when the floor is raised. */
    R8_3_FORGIVES_WITH_THE_FLOOR((before, command, decision) ->
            command instanceof RaiseFloor ? with(decision, Credentials.NONE, null) : decision),
    /** Resets the count of wrong mail codes when the holder's data is erased. */
    R8_3_FORGIVES_WITH_THE_ERASURE((before, command, decision) ->
            command instanceof Erase ? with(decision, Credentials.NONE, null) : decision),
    /** Learns any drift. */
    R1_4_KNOWS_NO_CAP((before, command, decision) -> withTokens(
            decision,
            token -> codes(
                    token,
                    new CodeState(token.codes().lastStep(), 2 * token.codes().drift())))),
    /** Evaluates the other factors when one is missing. */
    R2_2_EVALUATES_WHAT_IT_CANNOT_CHARGE(
            (FormSpoiler) entered -> new Entered(Entered.Entry.GIVEN, true, entered.codeDigits())),
    /** Lets a suspended holder act. */
    R2_4_LETS_A_SUSPENDED_HOLDER_ACT(
            (BeforeSpoiler) before -> before.toBuilder().suspension(null).build()),
    /** Ends a holder's suspension when an operator acts on the holder. */
    R2_4_ENDS_THE_SUSPENSION_BY_ANOTHER_ACTION((before, command, decision) -> command instanceof SuspendHolder
            ? decision
            : with(decision, decision.enrolment().toBuilder().suspension(null), decision.ended())),
    /** Resumes the tokens with the holder. */
    R2_4_RESUMES_THE_TOKENS_TOO((before, command, decision) ->
            command instanceof ResumeHolder ? withTokens(decision, TokenTransitions::resumed) : decision),
    /** Lets the holder cancel a token that an operator suspended. */
    R2_4_LETS_THE_HOLDER_CANCEL_A_SUSPENDED_TOKEN((BeforeSpoiler) MachineFlaw::withoutPendingSuspension),
    /** Does not keep whether login required a code of a suspended holder. */
    R3_3_FORGETS_THAT_LOGIN_ASKED((before, command, decision) -> command instanceof SuspendHolder suspend
            ? with(
                    decision,
                    decision.enrolment().toBuilder()
                            .suspension(HolderSuspension.builder()
                                    .reason(suspend.why())
                                    .since(Instant.EPOCH)
                                    .operator(suspend.operator())
                                    .build()),
                    decision.ended())
            : decision),
    /** Gives the provisioned device its answer any number of times. */
    R4_3_ANSWERS_WITHOUT_END((UnaryOperator<TokenPolicy>) policy ->
            policy.withSoftware(policy.software().toBuilder().repeats(10).build())),
    /** Provisions at once after a provisioned token ended before its activation. */
    R7_3_FORGETS_TOKENS_THAT_WERE_NEVER_ACTIVATED((before, command, decision) -> before.activeToken() == null
            ? with(decision, decision.enrolment().toBuilder().softwareEndedAt(null), decision.ended())
            : decision),
    /** Provisions a successor at once after a takeover on the day of a revocation. */
    R7_3_FORGETS_THE_DAY_ON_TAKEOVER((before, command, decision) -> command instanceof TakeOver
            ? with(decision, decision.enrolment().toBuilder().softwareEndedAt(null), decision.ended())
            : decision),
    /** Takes a token over without its spent codes. */
    R12_4_TAKES_NOTHING_FOR_SPENT((before, command, decision) -> command instanceof TakeOver takeOver
            ? withTokens(decision, token -> codes(token, takeOver.token().codes()))
            : decision),
    /** Takes a suspended token over as active. */
    R12_4_FORGETS_SUSPENSIONS((before, command, decision) ->
            command instanceof TakeOver ? withTokens(decision, TokenTransitions::resumed) : decision),
    /** Leaves a used proof open. */
    R15_2_TAKES_A_PROOF_TWICE((before, command, decision) ->
            command instanceof UseProof ? withProof(decision, before.proof()) : decision),
    /** Accepts any proof. */
    R15_2_TAKES_ANY_PROOF((EvidenceSpoiler) evidence ->
            evidence instanceof UseProof.Given ? new UseProof.Given(Proof.RIGHT, NewValues.NONE) : evidence),
    /** Lets a proof live for an hour. */
    R15_2_NEVER_LETS_A_PROOF_EXPIRE((UnaryOperator<TokenPolicy>) policy -> policy.withConfirmation(
            policy.confirmation().toBuilder().proofLifetime(Duration.ofHours(1)).build())),
    /** Does not spend the code of a proof. */
    R15_2_SPENDS_NO_CODE((before, command, decision) ->
            command instanceof Prove && decision.refusal() == null && before.activeToken() != null
                    ? withTokens(decision, token -> codes(token, active(before).codes()))
                    : decision),
    /** Does not charge a wrong code of a proof. */
    R15_2_CHARGES_NO_PROOF(
            (before, command, decision) -> command instanceof Prove && decision.refusal() == Refusal.WRONG_CODE
                    ? Decision.refuse(before, Refusal.WRONG_CODE, null)
                    : decision),
    /** Leaves a proof open when its token ends, when it is suspended, and when the floor is raised. */
    R15_2_KEEPS_A_PROOF_OF_ANOTHER_TIME((before, command, decision) ->
            command instanceof UseProof ? decision : withProof(decision, before.proof())),
    /** Accepts an emergency code twice. */
    R14_1_TAKES_A_CODE_TWICE((before, command, decision) ->
            command instanceof UseEmergencyCode ? withCodes(decision, before.backupCodes()) : decision),
    /** Does not charge a wrong emergency code to its set. */
    R14_1_CHARGES_NO_SET((before, command, decision) -> decision.refusal() == Refusal.WRONG_BACKUP_CODE
            ? withCodes(
                    decision,
                    before.backupCodes().toBuilder()
                            .failuresSinceAccepted(
                                    decision.enrolment().backupCodes().failuresSinceAccepted())
                            .build())
            : decision),
    /** Does not count a wrong emergency code for the ceiling. */
    R14_1_KNOWS_NO_CEILING((before, command, decision) -> decision.refusal() == Refusal.WRONG_BACKUP_CODE
            ? withCodes(
                    decision,
                    decision.enrolment().backupCodes().toBuilder()
                            .failuresSinceAccepted(0)
                            .build())
            : decision),
    /** Resets the ceiling with new emergency codes. */
    R14_1_FORGIVES_WITH_NEW_CODES((before, command, decision) -> command instanceof IssueEmergencyCodes
            ? withCodes(
                    decision,
                    decision.enrolment().backupCodes().toBuilder()
                            .failuresSinceAccepted(0)
                            .build())
            : decision),
    /** Charges a wrong emergency code to the token. */
    R14_1_CHARGES_THE_TOKEN((before, command, decision) -> decision.refusal() == Refusal.WRONG_BACKUP_CODE
            ? withTokens(decision, token -> TokenTransitions.charged(token, Instant.EPOCH))
            : decision),
    /** Resumes the token with an emergency code. */
    R14_1_RESUMES_THE_TOKEN((before, command, decision) ->
            command instanceof UseEmergencyCode ? withTokens(decision, TokenTransitions::resumed) : decision),
    /** Keeps a signing request after its confirmation. */
    R13_2_CONFIRMS_A_REQUEST_TWICE((before, command, decision) -> command instanceof ConfirmSignature
            ? with(decision, decision.enrolment().toBuilder().requests(before.requests()), decision.ended())
            : decision),
    /** Does not count a wrong response. */
    R13_2_LETS_RESPONSES_BE_GUESSED((before, command, decision) ->
            command instanceof ConfirmSignature && decision.refusal() == Refusal.WRONG_SIGNATURE
                    ? Decision.refuse(before, Refusal.WRONG_SIGNATURE, null)
                    : decision),
    /** Does not spend the counter of a response. */
    R13_2_SPENDS_NO_COUNTER((before, command, decision) -> command instanceof ConfirmSignature
                    && decision.refusal() == null
            ? withTokens(
                    decision,
                    token -> token.toBuilder().signing(active(before).signing()).build())
            : decision),
    /** Lets a holder have any number of open requests. */
    R13_2_BOUNDS_NO_REQUESTS((UnaryOperator<TokenPolicy>) policy ->
            policy.withSigning(policy.signing().toBuilder().openRequests(10).build())),
    /** Lets a request be confirmed for a week. */
    R13_2_LETS_REQUESTS_LIVE((UnaryOperator<TokenPolicy>) policy -> policy.withSigning(
            policy.signing().toBuilder().lifetime(Duration.ofDays(7)).build())),
    /** Lets an ordinary code confirm a transaction although the policy does not. */
    R13_3_TAKES_ANY_CODE((UnaryOperator<TokenPolicy>) policy ->
            policy.withSigning(policy.signing().toBuilder().plainCodes(true).build())),
    /** Keeps a request that the holder refused. */
    R13_4_FORGETS_THE_REFUSAL((before, command, decision) -> command instanceof RefuseSignature
            ? with(decision, decision.enrolment().toBuilder().requests(before.requests()), decision.ended())
            : decision),
    /** Keeps a request that the institution withdrew. */
    R13_2_FORGETS_THE_WITHDRAWAL((before, command, decision) -> command instanceof WithdrawSignature
            ? with(decision, decision.enrolment().toBuilder().requests(before.requests()), decision.ended())
            : decision),
    /** Withdraws all requests at once. */
    R13_2_WITHDRAWS_ALL_REQUESTS((before, command, decision) -> command instanceof WithdrawSignature
            ? with(decision, decision.enrolment().toBuilder().requests(List.of()), decision.ended())
            : decision),
    /** Withdraws a request without the operator's name. */
    R13_2_FORGETS_WHO_WITHDREW(
            (before, command, decision) -> command instanceof WithdrawSignature ? withoutOperator(decision) : decision),
    /** Keeps the signing requests from before a floor. */
    R11_3_KEEPS_REQUESTS((before, command, decision) -> command instanceof RaiseFloor
            ? with(decision, decision.enrolment().toBuilder().requests(before.requests()), decision.ended())
            : decision),
    /** Lets emergency codes live for a week. */
    R14_1_KNOWS_NO_TIME((UnaryOperator<TokenPolicy>) policy -> policy.withBackupCodes(policy.backupCodes().toBuilder()
            .emergencyLifetime(Duration.ofDays(7))
            .build())),
    /** Keeps emergency codes after an accepted code of the token. */
    R14_1_OUTLIVES_THE_TOKEN_THAT_WAS_FOUND((UnaryOperator<TokenPolicy>) policy -> policy.withBackupCodes(
            policy.backupCodes().toBuilder().diesWithAcceptedCode(false).build())),
    /** Keeps emergency codes when a replacement is activated. */
    R14_1_OUTLIVES_THE_REPLACEMENT((before, command, decision) ->
            command instanceof Activate ? withCodes(decision, before.backupCodes()) : decision),
    /** Issues emergency codes without the operator's name. */
    R14_1_FORGETS_WHO_ISSUED((before, command, decision) ->
            command instanceof IssueEmergencyCodes ? withoutOperator(decision) : decision),
    /** Accepts a recovery code twice. */
    R14_2_TAKES_A_CODE_TWICE((before, command, decision) ->
            command instanceof UseRecoveryCode ? withCodes(decision, before.backupCodes()) : decision),
    /** Accepts any recovery code. */
    R14_2_TAKES_ANY_CODE((EvidenceSpoiler) evidence -> evidence == Proof.WRONG ? Proof.RIGHT : evidence),
    /** Keeps recovery codes after the revocation. */
    R14_2_OUTLIVES_THE_TOKEN((before, command, decision) ->
            command instanceof Revoke ? withCodes(decision, before.backupCodes()) : decision),
    /** Ends recovery codes with a replacement. */
    R14_2_ENDS_WITH_A_REPLACEMENT((before, command, decision) ->
            command instanceof Activate ? withCodes(decision, BackupCodes.NONE) : decision),
    /** Keeps the used codes of a restored backup. */
    R11_3_KEEPS_BACKUP_CODES((before, command, decision) ->
            command instanceof RaiseFloor ? withCodes(decision, before.backupCodes()) : decision);

    /** Changes a decision. */
    private interface Spoiler {
        Decision spoil(Enrolment before, Command<?> command, Decision decision);
    }

    /** Changes a command. */
    private interface CommandSpoiler {
        Command<?> spoil(Enrolment before, Command<?> command);
    }

    /** Changes the enrolment on which the machine decides. */
    private interface BeforeSpoiler {
        Enrolment spoil(Enrolment before);
    }

    /** Changes the form of the entries. */
    private interface FormSpoiler {
        Entered spoil(Entered entered);
    }

    /** Changes the evidence of a command. */
    private interface EvidenceSpoiler {
        Object spoil(Object evidence);
    }

    private final UnaryOperator<TokenPolicy> policy;
    private final CommandSpoiler command;
    private final EvidenceSpoiler evidence;
    private final Spoiler decision;
    private BeforeSpoiler before = right -> right;
    private FormSpoiler form = right -> right;

    MachineFlaw(BeforeSpoiler before) {
        this(right -> right, (enrolment, asked) -> asked, taken -> taken, (enrolment, asked, decided) -> decided);
        this.before = before;
    }

    MachineFlaw(FormSpoiler form) {
        this(right -> right, (enrolment, asked) -> asked, taken -> taken, (enrolment, asked, decided) -> decided);
        this.form = form;
    }

    MachineFlaw(UnaryOperator<TokenPolicy> policy) {
        this(policy, (before, asked) -> asked, taken -> taken, (before, asked, decided) -> decided);
    }

    MachineFlaw(CommandSpoiler command) {
        this(right -> right, command, taken -> taken, (before, asked, decided) -> decided);
    }

    MachineFlaw(EvidenceSpoiler evidence) {
        this(right -> right, (before, asked) -> asked, evidence, (before, asked, decided) -> decided);
    }

    MachineFlaw(Spoiler decision) {
        this(right -> right, (before, asked) -> asked, taken -> taken, decision);
    }

    MachineFlaw(UnaryOperator<TokenPolicy> policy, CommandSpoiler command, EvidenceSpoiler evidence, Spoiler decision) {
        this.policy = policy;
        this.command = command;
        this.evidence = evidence;
        this.decision = decision;
    }

    /** Returns the broken rule, such as R2.6. */
    public String rule() {
        String[] parts = name().split("_", -1);
        return parts[0] + "." + parts[1];
    }

    /** Returns a machine with only this defect. */
    public TokenMachine machine(TokenPolicy rightPolicy) {
        return new TokenMachine(policy.apply(rightPolicy)) {
            @Override
            public <E> Begun<E> begin(Enrolment stored, Command<E> asked, Entered entered, Instant now) {
                Begun<E> begun = super.begin(before.spoil(stored), spoilt(stored, asked), form.spoil(entered), now);
                return begun instanceof Begun.Open<E> open
                        ? (Begun.Open<E>) taken -> spoilt(stored, asked, open.decide(spoilt(taken)))
                        : begun;
            }
        };
    }

    @SuppressWarnings("unchecked") // a spoiler returns a command of the same type
    private <E> Command<E> spoilt(Enrolment before, Command<E> asked) {
        return (Command<E>) command.spoil(before, asked);
    }

    @SuppressWarnings("unchecked") // a spoiler returns evidence of the same type
    private <E> E spoilt(E taken) {
        return (E) evidence.spoil(requireNonNull(taken));
    }

    private Decision spoilt(Enrolment before, Command<?> asked, Decision decided) {
        return decided.changes() ? decision.spoil(before, asked, decided) : decided;
    }

    private static Object withRightPassword(Object evidence) {
        if (evidence instanceof PlaceOrder.Given given) {
            return new PlaceOrder.Given(given.userId(), right(given.factors()));
        }
        return evidence instanceof Evidence factors ? right(factors) : evidence;
    }

    private static Evidence right(Evidence evidence) {
        return new Evidence(Proof.RIGHT, evidence.mailCode(), evidence.code());
    }

    private static Enrolment withoutPendingSuspension(Enrolment enrolment) {
        Pending pending = enrolment.pending();
        Token token = enrolment.pendingToken();
        return pending == null || token == null
                ? enrolment
                : enrolment.toBuilder()
                        .pending(pending.toBuilder()
                                .token(token.toBuilder().suspension(null).build())
                                .build())
                        .build();
    }

    private static Token active(Enrolment enrolment) {
        return requireNonNull(enrolment.activeToken());
    }

    private static Token codes(Token token, CodeState codes) {
        return token.toBuilder().codes(codes).build();
    }

    private static Token usedOn(Token token, @Nullable LocalDate day) {
        return token.toBuilder().lastAcceptedOn(day).build();
    }

    private static Token failing(Token token, Failures failures) {
        return token.toBuilder().failures(failures).build();
    }

    private static Decision withTokens(Decision decision, UnaryOperator<Token> change) {
        Enrolment enrolment = decision.enrolment();
        Token active = enrolment.activeToken();
        return active == null
                ? decision
                : with(decision, enrolment.toBuilder().token(change.apply(active)), decision.ended());
    }

    private static Decision withProof(Decision decision, @Nullable OpenProof proof) {
        OpenProof now = decision.enrolment().proof();
        return now == null ? with(decision, decision.enrolment().toBuilder().proof(proof), decision.ended()) : decision;
    }

    private static Decision withCodes(Decision decision, BackupCodes codes) {
        return with(decision, decision.enrolment().toBuilder().backupCodes(codes), decision.ended());
    }

    private static Decision withoutOperator(Decision decision) {
        return new Decision(
                decision.enrolment(),
                decision.ended(),
                decision.events().stream()
                        .map(event -> event.toBuilder().operator(null).build())
                        .toList(),
                decision.refusal(),
                decision.notBefore(),
                decision.stockSecret(),
                decision.device());
    }

    private static Decision withWaiting(Decision decision, @Nullable Pending pending) {
        return with(decision, decision.enrolment().toBuilder().pending(pending), List.of());
    }

    private static Decision with(Decision decision, Credentials credentials, @Nullable MailAddress mailAddress) {
        Enrolment.Builder spoilt =
                decision.enrolment().toBuilder().credentials(credentials).mailAddress(mailAddress);
        return with(decision, spoilt, decision.ended());
    }

    private static Decision with(Decision decision, Enrolment.Builder enrolment, List<Token> ended) {
        return new Decision(
                enrolment.build(),
                ended,
                decision.events(),
                decision.refusal(),
                decision.notBefore(),
                decision.stockSecret(),
                decision.device());
    }
}
