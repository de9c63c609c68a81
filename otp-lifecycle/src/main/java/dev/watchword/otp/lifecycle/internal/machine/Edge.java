package dev.watchword.otp.lifecycle.internal.machine;

import static dev.watchword.otp.lifecycle.model.TokenState.ACTIVE;
import static dev.watchword.otp.lifecycle.model.TokenState.ISSUED;
import static dev.watchword.otp.lifecycle.model.TokenState.REVOKED;
import static dev.watchword.otp.lifecycle.model.TokenState.UNREGISTERED;

import dev.watchword.otp.lifecycle.model.TokenState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A legal transition of a holder's registration. The machine refuses every action without an edge in {@link #ALL}. */
record Edge(TokenState from, TokenAction action, TokenState to) {

    static final List<Edge> ALL = Stream.of(
                    moves(TokenAction.ISSUE, ISSUED, UNREGISTERED, REVOKED),
                    moves(TokenAction.ORDER, ISSUED, UNREGISTERED, REVOKED),
                    moves(TokenAction.ORDER_BY_OPERATOR, ISSUED, UNREGISTERED, REVOKED),
                    moves(TokenAction.TAKE_OVER, ACTIVE, UNREGISTERED, REVOKED),
                    moves(TokenAction.ACTIVATE, ACTIVE, ISSUED, ACTIVE),
                    moves(TokenAction.CANCEL, REVOKED, ISSUED),
                    moves(TokenAction.CANCEL_BY_OPERATOR, REVOKED, ISSUED),
                    moves(TokenAction.LAPSE, REVOKED, ISSUED),
                    moves(TokenAction.REVOKE, REVOKED, ACTIVE),
                    moves(TokenAction.REVOKE_BY_OPERATOR, REVOKED, ISSUED, ACTIVE),
                    stays(TokenAction.CANCEL, ACTIVE),
                    stays(TokenAction.CANCEL_BY_OPERATOR, ACTIVE),
                    stays(TokenAction.LAPSE, ACTIVE),
                    stays(TokenAction.ASSIGN, ISSUED, ACTIVE),
                    stays(TokenAction.SEND, ISSUED, ACTIVE),
                    stays(TokenAction.PROVISION, ISSUED, ACTIVE),
                    stays(TokenAction.RENEW, ACTIVE),
                    stays(TokenAction.REPLACE, ACTIVE),
                    stays(TokenAction.VERIFY, ACTIVE),
                    stays(TokenAction.RESYNCHRONISE, ACTIVE),
                    stays(TokenAction.REQUEST_SIGNATURE, ACTIVE),
                    stays(TokenAction.CONFIRM_SIGNATURE, ACTIVE),
                    stays(TokenAction.REFUSE_SIGNATURE, ACTIVE),
                    stays(TokenAction.WITHDRAW_SIGNATURE, ACTIVE),
                    stays(TokenAction.SUSPEND, ISSUED, ACTIVE),
                    stays(TokenAction.RESUME, ISSUED, ACTIVE),
                    stays(TokenAction.SUSPEND_HOLDER, TokenState.values()),
                    stays(TokenAction.RESUME_HOLDER, TokenState.values()),
                    stays(TokenAction.SET_PASSWORD, TokenState.values()),
                    stays(TokenAction.MAKE_MAIL_CODE, TokenState.values()),
                    stays(TokenAction.RESET_FACTORS, TokenState.values()),
                    stays(TokenAction.RAISE_FLOOR, TokenState.values()),
                    stays(TokenAction.REANCHOR, TokenState.values()),
                    stays(TokenAction.ERASE, UNREGISTERED, REVOKED),
                    stays(TokenAction.ISSUE_EMERGENCY_CODES, ACTIVE),
                    stays(TokenAction.USE_EMERGENCY_CODE, ACTIVE),
                    stays(TokenAction.CREATE_RECOVERY_CODES, ACTIVE),
                    stays(TokenAction.USE_RECOVERY_CODE, ACTIVE))
            .flatMap(edges -> edges)
            .toList();

    static Optional<Edge> find(TokenState from, TokenAction action) {
        for (Edge edge : ALL) {
            if (edge.from == from && edge.action == action) {
                return Optional.of(edge);
            }
        }
        return Optional.empty();
    }

    private static Stream<Edge> moves(TokenAction action, TokenState to, TokenState... from) {
        return Arrays.stream(from).map(state -> new Edge(state, action, to));
    }

    private static Stream<Edge> stays(TokenAction action, TokenState... states) {
        return Arrays.stream(states).map(state -> new Edge(state, action, state));
    }
}
