package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Once;
import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.engine.OutcomeMapper;
import dev.watchword.otp.lifecycle.internal.machine.Assign;
import dev.watchword.otp.lifecycle.internal.machine.CancelByOperator;
import dev.watchword.otp.lifecycle.internal.machine.Command;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.Erase;
import dev.watchword.otp.lifecycle.internal.machine.NoEvidence;
import dev.watchword.otp.lifecycle.internal.machine.OrderByOperator;
import dev.watchword.otp.lifecycle.internal.machine.Picked;
import dev.watchword.otp.lifecycle.internal.machine.Replace;
import dev.watchword.otp.lifecycle.internal.machine.ResetFactors;
import dev.watchword.otp.lifecycle.internal.machine.Resume;
import dev.watchword.otp.lifecycle.internal.machine.ResumeHolder;
import dev.watchword.otp.lifecycle.internal.machine.RevokeByOperator;
import dev.watchword.otp.lifecycle.internal.machine.Send;
import dev.watchword.otp.lifecycle.internal.machine.Suspend;
import dev.watchword.otp.lifecycle.internal.machine.SuspendHolder;
import dev.watchword.otp.lifecycle.internal.machine.WithdrawSignature;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.spi.StockStore;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operations of an operator on single holders. Each is recorded with the operator's name. Obtain it from
 * {@link Institution#desk}, or within a transaction of the application from {@link TokensInTransaction#desk}. It is as thread-safe
 * as the object that it comes from.
 *
 * <p>A reason is a text of 1 to {@value TokenEvent#MAX_REASON_LENGTH} characters without control characters and outer white space.
 * Another text is refused as {@link Refusal#MALFORMED}.
 */
public abstract sealed class HolderDesk permits OperatorDesk, DeskInTransaction {
    final Context context;
    final Engine engine;
    final OutcomeMapper outcomes;
    final Operator operator;

    HolderDesk(Context context, Engine engine, Operator operator) {
        this.context = context;
        this.engine = engine;
        this.operator = operator;
        outcomes = new OutcomeMapper(context);
    }

    /**
     * Orders a hardware token for a holder without a token (R5.2). Call {@link #assign} and {@link #send} next.
     *
     * @param holder a holder without a token and without an order; MAY be a new holder
     * @param reason the operator's reason
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> orderHardware(Holder holder, @Nullable String reason) {
        return isReason(reason)
                ? outcomes.of(engine.change(
                                holder,
                                new OrderByOperator(operator, requireNonNull(reason)),
                                (before, now) -> context.numbers().userId())
                        .decision())
                : outcomes.malformed(Set.of(Field.REASON));
    }

    /**
     * Suspends a lost, stolen or broken token and orders a hardware token as its successor, without a code (R6.3). Login asks for a
     * code throughout. The activation of the successor ends the old token. Identify the holder before.
     *
     * @param holder a holder with an active token and without a successor
     * @param why the kind of reason, one {@linkplain SuspensionReason#isForTokens for tokens}
     * @param reason the operator's reason
     * @return the registration, or refused
     * @throws IllegalArgumentException if the kind of reason is not one for tokens
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> replaceWithHardware(Holder holder, SuspensionReason why, @Nullable String reason) {
        return orderReplacement(holder, forToken(why), reason);
    }

    /**
     * Suspends a lost, stolen or broken token and issues a software token as its successor, without a code (R6.3). Login asks for a
     * code throughout. The activation of the successor ends the old token. Identify the holder before.
     *
     * @param holder a holder with an active token and without a successor
     * @param why the kind of reason, one {@linkplain SuspensionReason#isForTokens for tokens}
     * @param request the holder's entries
     * @param reason the operator's reason
     * @return the issued token, or refused
     * @throws IllegalArgumentException if the kind of reason is not one for tokens
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Issued> replaceWithSoftware(
            Holder holder, SuspensionReason why, SoftwareRequest request, @Nullable String reason) {
        return issueReplacement(holder, forToken(why), request, reason);
    }

    /**
     * Orders a hardware token as the successor of a token that stays in use, such as one that expires soon (R6.3). The activation of
     * the successor ends the old token.
     *
     * @param holder a holder with an active token and without a successor
     * @param reason the operator's reason
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> orderSuccessor(Holder holder, @Nullable String reason) {
        return orderReplacement(holder, null, reason);
    }

    /**
     * Issues a software token as the successor of a token that stays in use, such as one that expires soon (R6.3). The activation of
     * the successor ends the old token.
     *
     * @param holder a holder with an active token and without a successor
     * @param request the holder's entries
     * @param reason the operator's reason
     * @return the issued token, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Issued> issueSuccessor(Holder holder, SoftwareRequest request, @Nullable String reason) {
        return issueReplacement(holder, null, request, reason);
    }

    private Outcome<Registration> orderReplacement(
            Holder holder, @Nullable SuspensionReason why, @Nullable String reason) {
        return isReason(reason)
                ? outcomes.of(engine.change(
                                holder,
                                new Replace(null, why, operator, requireNonNull(reason)),
                                (before, now) -> Optional.empty())
                        .decision())
                : outcomes.malformed(Set.of(Field.REASON));
    }

    private Outcome<Issued> issueReplacement(
            Holder holder, @Nullable SuspensionReason why, SoftwareRequest request, @Nullable String reason) {
        Set<Field> malformed = EnumSet.noneOf(Field.class);
        malformed.addAll(request.malformedFields(context.policy().software().generatedPassword()));
        if (!isReason(reason)) {
            malformed.add(Field.REASON);
        }
        if (!malformed.isEmpty()) {
            return outcomes.malformed(malformed);
        }
        Replace command = new Replace(request.requireMailAddress(), why, operator, requireNonNull(reason));
        try (NewToken token = new NewToken(context, context.sealer(), context.hasher(), holder, request.password())) {
            Decision decision = engine.change(holder, command, (before, now) -> Optional.of(token.draw()))
                    .decision();
            return outcomes.of(decision, token::issued, Set.of());
        }
    }

    private static SuspensionReason forToken(SuspensionReason why) {
        if (!requireNonNull(why, "why").isForTokens()) {
            throw new IllegalArgumentException("why must be LOST, STOLEN, BROKEN or OTHER for a token, not " + why);
        }
        return why;
    }

    /**
     * Assigns a hardware token from stock to a holder's order. The token then belongs to this holder permanently.
     *
     * @param holder a holder with an order
     * @param serial the entered serial number
     * @return the registration, or refused
     * @throws UnsupportedOperationException if the store has no {@link StockStore}
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> assign(Holder holder, @Nullable String serial) {
        StockStore stock = context.require(StockStore.class);
        Optional<SerialNumber> parsed = context.policy().serials().parse(serial);
        if (parsed.isEmpty()) {
            return outcomes.malformed(Set.of(Field.SERIAL_NUMBER));
        }
        return assign(holder, parsed.get(), stock);
    }

    /**
     * Assigns a token as it was read before the first attempt, because an attempt must not read the stock. The commit refuses it
     * if the stock has changed since. The method then reads it again.
     */
    private Outcome<Registration> assign(Holder holder, SerialNumber serial, StockStore stock) {
        while (true) {
            Once<Optional<StockedToken>> token = new Once<>(() -> stock.find(context.serviceId(), serial));
            SecretSealer sealer = context.sealer();
            Once<Optional<Picked>> picked = new Once<>(() -> token.get()
                    .map(found -> new Picked(found, sealer.takeFromStock(found), sealer.takeSigningFromStock(found))));
            Decision decision = engine.change(holder, new Assign(operator), (before, now) -> picked.get())
                    .decision();
            if (decision.refusal() != Refusal.NOT_IN_STOCK
                    || engine.watched(() -> token.get().equals(stock.find(context.serviceId(), serial)))) {
                return outcomes.of(decision);
            }
        }
    }

    /**
     * Records that the assigned hardware token was sent. The holder can activate it from then on.
     *
     * @param holder a holder with an assigned token
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> send(Holder holder) {
        return outcomes.of(engine.change(holder, new Send(operator)));
    }

    /**
     * Suspends the holder's tokens: the one in use and the pending one. No code of theirs is accepted until they are resumed, and the
     * holder can neither cancel nor revoke them. To stop the holder, use {@link #suspendHolder}.
     * For a suspended token, the new reason replaces the old one, which stays in the history.
     *
     * @param holder the holder
     * @param why the kind of reason, one {@linkplain SuspensionReason#isForTokens for tokens}
     * @param reason the operator's reason
     * @return the registration, or refused
     * @throws IllegalArgumentException if the kind of reason is not one for tokens
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> suspend(Holder holder, SuspensionReason why, @Nullable String reason) {
        return suspendTokens(holder, null, why, reason);
    }

    /**
     * Suspends one token of the holder.
     *
     * @param holder the holder
     * @param serial the token
     * @param why the kind of reason, one {@linkplain SuspensionReason#isForTokens for tokens}
     * @param reason the operator's reason
     * @return the registration, or refused
     * @throws IllegalArgumentException if the kind of reason is not one for tokens
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> suspend(
            Holder holder, SerialNumber serial, SuspensionReason why, @Nullable String reason) {
        return suspendTokens(holder, requireNonNull(serial, "serial"), why, reason);
    }

    private Outcome<Registration> suspendTokens(
            Holder holder, @Nullable SerialNumber serial, SuspensionReason why, @Nullable String reason) {
        SuspensionReason kind = forToken(why);
        return withReason(holder, reason, text -> new Suspend(serial, kind, operator, text));
    }

    /**
     * Suspends the holder. The holder may have no token, or may be unknown so far. Until {@link #resumeHolder}, every operation of
     * the holder is refused as {@link Refusal#HOLDER_SUSPENDED} before anything is evaluated, also with tokens that the holder gets
     * later. The operators' operations remain possible. Login requires a code if it did before the suspension. If the holder has no
     * token, the application must refuse the login itself.
     *
     * @param holder the holder
     * @param why the kind of reason, one {@linkplain SuspensionReason#isForHolders for holders}
     * @param reason the operator's reason
     * @return the registration, or refused
     * @throws IllegalArgumentException if the kind of reason is not one for holders
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> suspendHolder(Holder holder, SuspensionReason why, @Nullable String reason) {
        if (!requireNonNull(why, "why").isForHolders()) {
            throw new IllegalArgumentException("why must be FRAUD_SUSPECTED or OTHER for a holder, not " + why);
        }
        return withReason(holder, reason, text -> new SuspendHolder(why, operator, text));
    }

    /**
     * Resumes a suspended holder. Suspended tokens of the holder stay suspended, and no failure counter is reset. Identify the holder
     * before.
     *
     * @param holder the holder
     * @param reason the operator's reason
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> resumeHolder(Holder holder, @Nullable String reason) {
        return withReason(holder, reason, text -> new ResumeHolder(operator, text));
    }

    /**
     * Resumes the holder's suspended tokens and resets their consecutive wrong codes. Only an operator's resumption ends the
     * suspension of a token. A token at the ceiling of wrong codes stays suspended and can only be replaced. Identify the holder
     * before.
     *
     * @param holder the holder
     * @param reason the operator's reason
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> resume(Holder holder, @Nullable String reason) {
        return withReason(holder, reason, text -> new Resume(null, operator, text));
    }

    /**
     * Resumes one suspended token of the holder. Identify the holder before.
     *
     * @param holder the holder
     * @param serial the token
     * @param reason the operator's reason
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> resume(Holder holder, SerialNumber serial, @Nullable String reason) {
        requireNonNull(serial, "serial");
        return withReason(holder, reason, text -> new Resume(serial, operator, text));
    }

    /**
     * Withdraws an open signing request, such as one whose details were changed or whose payment was cancelled (R13.2). Neither the
     * holder nor anyone else can confirm it afterwards. Nothing is charged or suspended. A request that a suspension has ended is
     * no longer open.
     *
     * @param holder the holder
     * @param id the request
     * @param reason the operator's reason
     * @return the registration, or refused as {@link Refusal#NO_REQUEST} if the request is not open
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> withdrawRequest(Holder holder, RequestId id, @Nullable String reason) {
        requireNonNull(id, "id");
        return withReason(holder, reason, text -> new WithdrawSignature(id, operator, text));
    }

    /**
     * Cancels the pending token or order. A token in use remains in use.
     *
     * @param holder the holder
     * @param reason the operator's reason
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> cancel(Holder holder, @Nullable String reason) {
        return withReason(holder, reason, text -> new CancelByOperator(operator, text));
    }

    /**
     * Revokes the holder's tokens without a code: the one in use and the pending one. Their secrets are deleted.
     *
     * @param holder the holder
     * @param reason the operator's reason
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> revoke(Holder holder, @Nullable String reason) {
        return withReason(holder, reason, text -> new RevokeByOperator(null, operator, text));
    }

    /**
     * Resets the failure counters of the confirmation password and of the mail code. Identify the holder before.
     *
     * @param holder the holder
     * @param reason the operator's reason
     * @return the registration, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> resetFactors(Holder holder, @Nullable String reason) {
        return withReason(holder, reason, text -> new ResetFactors(operator, text));
    }

    /**
     * Erases the holder's personal data: the mail address, the confirmation password, and the operators' reasons in the history.
     * The history remains and still verifies. It names the holder by the reference, the user ID and serial numbers.
     *
     * @param holder a holder without a token and without an order
     * @return the registration, or refused if there is a token or an order
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<Registration> erase(Holder holder) {
        return outcomes.of(engine.change(holder, new Erase(operator)));
    }

    private interface ReasonedCommand {
        Command<NoEvidence> with(String reason);
    }

    private Outcome<Registration> withReason(Holder holder, @Nullable String reason, ReasonedCommand command) {
        return isReason(reason)
                ? outcomes.of(engine.change(holder, command.with(requireNonNull(reason))))
                : outcomes.malformed(Set.of(Field.REASON));
    }

    static boolean isReason(@Nullable String reason) {
        return reason != null && Require.isText(reason, TokenEvent.MAX_REASON_LENGTH);
    }
}
