package dev.watchword.otp.jdbc.faults;

import static dev.watchword.otp.jdbc.support.Outcomes.refusal;

import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.testing.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Submits each emergency code that must be unused twice: it is accepted the first time only. Then submits every code again that was
 * acknowledged as accepted.
 */
final class EmergencyReplays {
    private final TokenService tokens;
    private final Account account;
    private final List<String> violations = new ArrayList<>();

    EmergencyReplays(Round round, JdbcTokenStore store, Account account) {
        tokens = round.bank(store, FakeClock.at(round.start())).tokens();
        this.account = account;
    }

    List<String> violations(Map<Holder, Recount> recounts) {
        recounts.forEach((holder, recount) ->
                recount.codes.unused.stream().sorted().toList().forEach(code -> submitUnused(holder, code)));
        for (Request request : account.usedCodes()) {
            mustNotBeAccepted(request.holder(), request.step());
        }
        return violations;
    }

    /** Wrong codes can have locked the set. A client whose request has an unknown outcome received no codes. */
    private void submitUnused(Holder holder, long code) {
        if (!account.emergencyCodes.containsKey(code)) {
            return;
        }
        Refusal refusal = submit(holder, code);
        if (refusal != null && refusal != Refusal.BACKUP_CODES_LOCKED) {
            violations.add("unused emergency code lost: " + code + " of " + holder + ", " + refusal);
        }
        mustNotBeAccepted(holder, code);
    }

    private void mustNotBeAccepted(Holder holder, long code) {
        if (submit(holder, code) == null) {
            violations.add("emergency code accepted again: " + code + " of " + holder);
        }
    }

    private @Nullable Refusal submit(Holder holder, long code) {
        return refusal(tokens.useEmergencyCode(holder, account.emergencyCodes.get(code)));
    }
}
