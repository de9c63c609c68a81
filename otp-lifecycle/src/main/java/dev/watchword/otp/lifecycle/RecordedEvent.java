package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in a history. Immutable.
 *
 * @param event what happened
 * @param reasonMac what the operator's words are known by, so that the words can be erased and the chain still verifies:
 *     64 hexadecimal digits; {@code null} if there never were any
 * @param link what ties the event to those before it
 */
public record RecordedEvent(TokenEvent event, @Nullable String reasonMac, ChainLink link) {
    /**
     * Creates an event from what a store kept.
     *
     * @throws IllegalArgumentException if the event has words without a MAC, or the MAC is none
     */
    public RecordedEvent {
        requireNonNull(event, "event");
        requireNonNull(link, "link");
        if (reasonMac != null) {
            ChainLink.requireMac(reasonMac);
        } else if (event.reason() != null) {
            throw new IllegalArgumentException("The reason of event " + event.number() + " needs its MAC");
        }
    }

    /**
     * Returns the event after the holder's data was erased: without the operator's words.
     *
     * @return an event that is otherwise the same
     */
    public RecordedEvent withoutReason() {
        return new RecordedEvent(event.withoutReason(), reasonMac, link);
    }
}
