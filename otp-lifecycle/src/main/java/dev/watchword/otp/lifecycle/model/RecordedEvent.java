package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event with its place in the chain of the history. Immutable. */
public final class RecordedEvent {
    private final TokenEvent event;
    private final @Nullable String reasonMac;
    private final ChainLink link;

    private RecordedEvent(TokenEvent event, @Nullable String reasonMac, ChainLink link) {
        this.event = requireNonNull(event, "event");
        this.reasonMac = reasonMac;
        this.link = requireNonNull(link, "link");
        if (reasonMac != null) {
            ChainLink.requireMac(reasonMac);
        } else if (event.hasWords()) {
            throw new IllegalArgumentException(
                    "Event " + event.number() + " has a reason or an origin and must have its MAC");
        }
    }

    /**
     * Creates a recorded event from stored values.
     *
     * @param event the event
     * @param reasonMac the MAC of the operator's reason and of the origin, 64 hexadecimal digits; it replaces these texts in the
     *     chain after an erasure; {@code null} if the event never had a reason or an origin
     * @param link the link between this event and the previous ones
     * @return the value
     * @throws IllegalArgumentException if the event has a reason or an origin without a MAC, or the MAC is malformed
     */
    public static RecordedEvent of(TokenEvent event, @Nullable String reasonMac, ChainLink link) {
        return new RecordedEvent(event, reasonMac, link);
    }

    /** {@return the event} */
    public TokenEvent event() {
        return event;
    }

    /**
     * {@return the MAC of the operator's reason and of the origin, 64 hexadecimal digits; it replaces these texts in the chain
     * after an erasure; {@code null} if the event never had a reason or an origin}
     */
    public @Nullable String reasonMac() {
        return reasonMac;
    }

    /** {@return the link between this event and the previous ones} */
    public ChainLink link() {
        return link;
    }

    /** {@return this event without the operator's reason and without its origin, as an erasure leaves it} */
    public RecordedEvent withoutWords() {
        return new RecordedEvent(
                event.toBuilder().reason(null).origin(Origin.NONE).build(), reasonMac, link);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof RecordedEvent that
                        && event.equals(that.event)
                        && Objects.equals(reasonMac, that.reasonMac)
                        && link.equals(that.link));
    }

    @Override
    public int hashCode() {
        return Objects.hash(event, reasonMac, link);
    }

    @Override
    public String toString() {
        return "RecordedEvent[event=" + event + ", reasonMac=" + reasonMac + ", link=" + link + "]";
    }
}
