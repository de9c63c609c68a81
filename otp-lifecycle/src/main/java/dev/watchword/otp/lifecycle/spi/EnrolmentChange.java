package dev.watchword.otp.lifecycle.spi;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.DeviceFingerprint;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.RowMac;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change of one enrolment. A store writes all of it or nothing. Immutable. */
public final class EnrolmentChange {
    private final UUID id;
    private final Enrolment before;
    private final Enrolment after;
    private final List<Token> ended;
    private final List<RecordedEvent> events;
    private final @Nullable SealedSecret stockSecret;
    private final @Nullable DevicePublicKey device;

    private EnrolmentChange(EnrolmentChange change, Enrolment after) {
        id = change.id;
        before = change.before;
        this.after = after;
        ended = change.ended;
        events = change.events;
        stockSecret = change.stockSecret;
        device = change.device;
    }

    private EnrolmentChange(Builder builder) {
        id = requireNonNull(builder.id, "id");
        before = requireNonNull(builder.before, "before");
        after = requireNonNull(builder.after, "after");
        ended = List.copyOf(requireNonNull(builder.ended, "ended"));
        events = List.copyOf(requireNonNull(builder.events, "events"));
        stockSecret = builder.stockSecret;
        device = builder.device;
        boolean follows = after.serviceId().equals(before.serviceId())
                && after.holder().equals(before.holder())
                && after.version() == before.version() + 1
                && after.eventCount() == before.eventCount() + events.size()
                && (before.userId() == null || before.userId().equals(after.userId()));
        if (!follows
                || events.isEmpty()
                || !events.get(events.size() - 1).link().equals(after.head())) {
            throw new IllegalArgumentException("A change must be of one enrolment, one version later, with at least one"
                    + " event, and the last event must be the head");
        }
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).event().number() != before.eventCount() + 1 + i) {
                throw new IllegalArgumentException(
                        "Events must be numbered without gaps from " + (before.eventCount() + 1));
            }
        }
        requireTokensStay(before, after, ended);
        if (!isDevice(device, after)) {
            throw new IllegalArgumentException(
                    "The key of a device must be that on which the pending token is provisioned");
        }
        if ((stockSecret != null) != bringsFromStock()) {
            throw new IllegalArgumentException(
                    "Exactly a change that takes a token from the stock must have the secret of the stock");
        }
    }

    /** Exactly the pending token of the change is provisioned, on this device. */
    private static boolean isDevice(@Nullable DevicePublicKey device, Enrolment after) {
        Token pending = after.pendingToken();
        Provisioning provisioning = pending == null ? null : pending.provisioning();
        return device == null
                || (provisioning != null && DeviceFingerprint.of(device).equals(provisioning.device()));
    }

    private boolean bringsFromStock() {
        for (Token token : broughtTokens()) {
            if (isFromStock(token)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Begins to build a change.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the identity of the change, by which a store recognises a change that is submitted twice} */
    public UUID id() {
        return id;
    }

    /** {@return the enrolment that was decided on; the store MUST still hold its version} */
    public Enrolment before() {
        return before;
    }

    /** {@return the enrolment after the change, one version later} */
    public Enrolment after() {
        return after;
    }

    /** {@return the tokens that leave the enrolment, revoked, as the store keeps them} */
    public List<Token> ended() {
        return ended;
    }

    /**
     * {@return the events that the change adds to the history, at least one, numbered from the last stored event}
     */
    public List<RecordedEvent> events() {
        return events;
    }

    /**
     * {@return the encrypted secret that the stock MUST have for the new token that comes from it. The new token has the same
     * secret under another encryption. {@code null} if no token comes from the stock}
     */
    public @Nullable SealedSecret stockSecret() {
        return stockSecret;
    }

    /**
     * {@return the public key of the device on which the pending token was provisioned. A store with a {@link DeviceStore} MUST
     * keep it for the serial number of that token, instead of an earlier one, until the token ends. {@code null} for every other
     * change}
     */
    public @Nullable DevicePublicKey device() {
        return device;
    }

    /**
     * Returns this change with an authentication code for the enrolment after it (R10.5).
     *
     * @param rowMac the authentication code
     * @return the change to store
     */
    public EnrolmentChange authenticated(RowMac rowMac) {
        return new EnrolmentChange(this, after.toBuilder().rowMac(rowMac).build());
    }

    /** {@return whether the enrolment is not stored yet, so that this change creates it} */
    public boolean isFirst() {
        return before.version() == 0;
    }

    /** {@return whether this change assigns the user ID, which belongs to the holder permanently} */
    public boolean allotsUserId() {
        return before.userId() == null && after.userId() != null;
    }

    /** {@return whether this change erases personal data; the store MUST then delete the reasons of all earlier events} */
    public boolean erases() {
        for (RecordedEvent recorded : events) {
            if (recorded.event().type() == EventType.ERASED) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether a new token comes from the stock. Software tokens, and hardware tokens that were in use in another system,
     * do not.
     *
     * @param token one of {@link #broughtTokens}
     * @return whether the token MUST be in stock
     */
    public static boolean isFromStock(Token token) {
        return token.kind() == TokenKind.HARDWARE && token.state() == TokenState.ISSUED;
    }

    /**
     * Returns the tokens that the enrolment has after this change and did not have before. Each takes its serial number for
     * ever. A token {@linkplain #isFromStock from the stock} MUST be in stock, and the serial number of another token MUST be
     * free.
     *
     * @return the new tokens, at most two
     */
    public List<Token> broughtTokens() {
        List<Token> brought = new ArrayList<>(2);
        for (Token token : tokens(after)) {
            if (isNew(find(before, token.serial()), token)) {
                brought.add(token);
            }
        }
        return brought;
    }

    /**
     * Returns the stored tokens that this change changes, the ended ones included.
     *
     * @return the tokens as the store keeps them
     */
    public List<Token> changedTokens() {
        List<Token> changed = new ArrayList<>(2);
        for (Token token : tokens(after)) {
            Token old = find(before, token.serial());
            if (!isNew(old, token) && !token.equals(old)) {
                changed.add(token);
            }
        }
        changed.addAll(ended);
        return changed;
    }

    private static void requireTokensStay(Enrolment before, Enrolment after, List<Token> ended) {
        Set<SerialNumber> over = ended.isEmpty() ? Set.of() : new HashSet<>();
        boolean allEnded = true;
        for (Token token : ended) {
            allEnded &= token.state() == TokenState.REVOKED
                    && find(before, token.serial()) != null
                    && over.add(token.serial());
        }
        boolean allStay = true;
        for (Token token : tokens(before)) {
            boolean stays = find(after, token.serial()) != null;
            allStay &= token.state() == TokenState.REVOKED || stays != over.contains(token.serial());
        }
        if (!allStay || !allEnded) {
            throw new IllegalArgumentException(
                    "A token must stay in its enrolment or be among the ended ones until it is revoked");
        }
    }

    /** A revoked token never lives again: a living token after it is new, even with the same serial number. */
    private static boolean isNew(@Nullable Token old, Token token) {
        return old == null || (old.state() == TokenState.REVOKED && token.state() != TokenState.REVOKED);
    }

    private static @Nullable Token find(Enrolment enrolment, SerialNumber serial) {
        Token token = enrolment.token();
        if (token != null && token.serial().equals(serial)) {
            return token;
        }
        Token pending = enrolment.pendingToken();
        return pending != null && pending.serial().equals(serial) ? pending : null;
    }

    /** The token in use, or the last one, and the pending token. */
    private static List<Token> tokens(Enrolment enrolment) {
        Token token = enrolment.token();
        Token pending = enrolment.pendingToken();
        if (token == null) {
            return pending == null ? List.of() : List.of(pending);
        }
        return pending == null ? List.of(token) : List.of(token, pending);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof EnrolmentChange that
                        && id.equals(that.id)
                        && before.equals(that.before)
                        && after.equals(that.after)
                        && ended.equals(that.ended)
                        && events.equals(that.events)
                        && Objects.equals(stockSecret, that.stockSecret)
                        && Objects.equals(device, that.device));
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, before, after, ended, events, stockSecret, device);
    }

    @Override
    public String toString() {
        return "EnrolmentChange[id=" + id + ", before=" + before + ", after=" + after + ", ended=" + ended + ", events="
                + events + ", stockSecret=" + stockSecret + ", device=" + device + "]";
    }

    /** Builds a {@link EnrolmentChange}. Not thread-safe. */
    public static final class Builder {
        private @Nullable UUID id;
        private @Nullable Enrolment before;
        private @Nullable Enrolment after;
        private List<Token> ended = List.of();
        private List<RecordedEvent> events = List.of();
        private @Nullable SealedSecret stockSecret;
        private @Nullable DevicePublicKey device;

        private Builder() {}

        /**
         * Sets the identity of the change, by which a store recognises a change that is submitted twice.
         *
         * @param newId the identity of the change, by which a store recognises a change that is submitted twice
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder id(UUID newId) {
            id = newId;
            return this;
        }

        /**
         * Sets the enrolment that was decided on; the store MUST still hold its version.
         *
         * @param newBefore the enrolment that was decided on; the store MUST still hold its version
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder before(Enrolment newBefore) {
            before = newBefore;
            return this;
        }

        /**
         * Sets the enrolment after the change, one version later.
         *
         * @param newAfter the enrolment after the change, one version later
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder after(Enrolment newAfter) {
            after = newAfter;
            return this;
        }

        /**
         * Sets the tokens that leave the enrolment, revoked, as the store keeps them.
         *
         * @param newEnded the tokens that leave the enrolment, revoked, as the store keeps them
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder ended(List<Token> newEnded) {
            ended = newEnded;
            return this;
        }

        /**
         * Sets the events that the change adds to the history, at least one, numbered from the last stored event.
         *
         * @param newEvents the events that the change adds to the history, at least one, numbered from the last
         *     stored event
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder events(List<RecordedEvent> newEvents) {
            events = newEvents;
            return this;
        }

        /**
         * Sets the encrypted secret that the stock must have for the new token that comes from it.
         *
         * @param newStockSecret the encrypted secret in the stock; {@code null} if no token comes from the stock
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder stockSecret(@Nullable SealedSecret newStockSecret) {
            stockSecret = newStockSecret;
            return this;
        }

        /**
         * Sets the public key of the device on which the pending token was provisioned.
         *
         * @param newDevice the public key; {@code null} if the change provisions no app
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder device(@Nullable DevicePublicKey newDevice) {
            device = newDevice;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if the values do not follow on each other, if a token that is not
         *     revoked would vanish, or if a revoked one would live again, or if
         *     the secret of the stock is missing or superfluous, or the device is not that of the pending token
         */
        public EnrolmentChange build() {
            return new EnrolmentChange(this);
        }
    }
}
