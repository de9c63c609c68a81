package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A legal transition of an order. The machine refuses every step without an edge in {@link #ALL}. */
record OrderEdge(OrderState from, TokenAction action, OrderState to) {

    static final List<OrderEdge> ALL = List.of(
            new OrderEdge(OrderState.PLACED, TokenAction.ASSIGN, OrderState.ASSIGNED),
            new OrderEdge(OrderState.ASSIGNED, TokenAction.SEND, OrderState.SENT),
            new OrderEdge(OrderState.SENT, TokenAction.ACTIVATE, OrderState.SENT));

    static Optional<OrderEdge> find(@Nullable Order order, TokenAction action) {
        return ALL.stream()
                .filter(edge -> order != null && edge.from == order.state() && edge.action == action)
                .findFirst();
    }
}
