package dev.watchword.demo.desk;

import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.model.TokenKind;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A row of a list.
 *
 * @param holder the login ID
 * @param kind the kind of the token; {@code null} if the row has none
 * @param serial the serial number of the token; {@code null} if the row has none
 * @param at the instant that orders the list; {@code null} if a day does
 * @param day the day on which a code was last accepted
 * @param state the key of the sentence part about the state
 */
record ListRow(
        String holder,
        @Nullable TokenKind kind,
        @Nullable String serial,
        @Nullable Instant at,
        @Nullable LocalDate day,
        @Nullable String state) {
    static ListRow expiring(ListedToken listed) {
        TokenInfo token = listed.token();
        return new ListRow(name(listed), token.kind(), token.serial().value(), token.expiresAt(), null, suspension(token));
    }

    static ListRow suspended(ListedToken listed) {
        TokenInfo token = listed.token();
        Instant since = token.suspension() == null ? null : token.suspension().since();
        return new ListRow(name(listed), token.kind(), token.serial().value(), since, null, suspension(token));
    }

    static ListRow unused(ListedToken listed) {
        TokenInfo token = listed.token();
        return new ListRow(
                name(listed), token.kind(), token.serial().value(), null, token.lastAcceptedOn(), suspension(token));
    }

    static ListRow of(ListedHolder listed) {
        return new ListRow(
                listed.holder().value(),
                null,
                null,
                listed.suspension().since(),
                null,
                "desk.kind." + listed.suspension().reason());
    }

    static ListRow of(ListedPending listed) {
        TokenInfo token = listed.pending().token();
        String state = listed.pending().order() == null
                ? (token == null || token.provisionedAt() == null ? "ISSUED" : "PROVISIONED")
                : listed.pending().order().state().name();
        return new ListRow(
                listed.holder().value(),
                listed.pending().kind(),
                token == null ? null : token.serial().value(),
                listed.pending().lapsesAt(),
                null,
                "desk.order." + state);
    }

    private static String name(ListedToken listed) {
        return listed.holder().value();
    }

    private static @Nullable String suspension(TokenInfo token) {
        Suspension suspension = token.suspension();
        return suspension == null ? null : "desk.kind." + suspension.reason();
    }
}
