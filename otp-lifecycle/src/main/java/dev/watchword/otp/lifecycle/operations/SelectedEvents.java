package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import java.util.Set;

/** A handler of the events of some types. */
final class SelectedEvents implements EventFeed.Handler {
    private final Set<EventType> types;
    private final EventFeed.Handler handler;

    SelectedEvents(Set<EventType> types, EventFeed.Handler handler) {
        this.types = Set.copyOf(types);
        this.handler = requireNonNull(handler, "handler");
    }

    @Override
    public boolean handles(TokenEvent event) {
        return types.contains(event.type()) && handler.handles(event);
    }

    @Override
    public void handle(Holder holder, TokenEvent event) {
        handler.handle(holder, event);
    }
}
