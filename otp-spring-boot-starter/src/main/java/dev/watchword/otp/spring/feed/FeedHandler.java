package dev.watchword.otp.spring.feed;

import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;

/**
 * A bean that receives the events of a consumer (R9.5): at least once, and in order for each holder. Each node has one thread for each
 * consumer. No transaction is open when it is called.
 */
public interface FeedHandler {
    /** {@return the name of the consumer, unique in the application} */
    String consumer();

    /**
     * Handles an event. If it throws, the event is delivered again, and the later events of its holder wait.
     *
     * @param holder the holder
     * @param event the event
     */
    void handle(Holder holder, TokenEvent event);

    /**
     * Returns whether this handler does something with an event. Other events are passed over, and they do not hide an outage of the
     * handler. The answer MUST depend on the event only.
     *
     * @param event the event
     * @return whether {@link #handle} is called; {@code true} unless a handler overrides it
     */
    default boolean handles(TokenEvent event) {
        return true;
    }

    /**
     * Returns the first events that a new consumer receives. A consumer that exists continues where it was.
     *
     * @return {@link FeedStart#FIRST_EVENT}, unless a handler overrides it
     */
    default FeedStart start() {
        return FeedStart.FIRST_EVENT;
    }
}
