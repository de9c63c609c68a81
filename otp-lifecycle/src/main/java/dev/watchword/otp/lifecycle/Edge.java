package dev.watchword.otp.lifecycle;

import static dev.watchword.otp.lifecycle.TokenAction.ACTIVATE;
import static dev.watchword.otp.lifecycle.TokenAction.ISSUE;
import static dev.watchword.otp.lifecycle.TokenAction.RESUME;
import static dev.watchword.otp.lifecycle.TokenAction.REVOKE;
import static dev.watchword.otp.lifecycle.TokenAction.REVOKE_BY_OPERATOR;
import static dev.watchword.otp.lifecycle.TokenAction.SUSPEND;
import static dev.watchword.otp.lifecycle.TokenAction.VERIFY;
import static dev.watchword.otp.lifecycle.TokenState.ACTIVE;
import static dev.watchword.otp.lifecycle.TokenState.ISSUED;
import static dev.watchword.otp.lifecycle.TokenState.REVOKED;
import static dev.watchword.otp.lifecycle.TokenState.UNREGISTERED;

import java.util.List;
import java.util.Optional;

/** A legal step in the life of a token. What is not among {@link #ALL} is refused. */
record Edge(TokenState from, TokenAction action, TokenState to) {

    static final List<Edge> ALL = List.of(
            new Edge(UNREGISTERED, ISSUE, ISSUED),
            new Edge(ISSUED, ACTIVATE, ACTIVE),
            new Edge(ISSUED, SUSPEND, ISSUED),
            new Edge(ISSUED, RESUME, ISSUED),
            new Edge(ISSUED, REVOKE_BY_OPERATOR, REVOKED),
            new Edge(ACTIVE, VERIFY, ACTIVE),
            new Edge(ACTIVE, SUSPEND, ACTIVE),
            new Edge(ACTIVE, RESUME, ACTIVE),
            new Edge(ACTIVE, REVOKE, REVOKED),
            new Edge(ACTIVE, REVOKE_BY_OPERATOR, REVOKED),
            new Edge(REVOKED, ISSUE, ISSUED));

    static Optional<Edge> find(TokenState from, TokenAction action) {
        return ALL.stream()
                .filter(edge -> edge.from == from && edge.action == action)
                .findFirst();
    }
}
