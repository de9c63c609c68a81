package dev.watchword.otp.lifecycle;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.DriftRules;
import dev.watchword.otp.lifecycle.internal.machine.RaiseFloor;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Token;
import java.time.Instant;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Raises the floor of every holder, page by page. For one run and one thread. */
final class FloorRaiser {
    private final Context context;
    private final Engine engine;
    private final RaiseFloor command;
    private Instant loginFrom;
    private long changed;

    FloorRaiser(Context context, Engine engine, RaiseFloor command) {
        this.context = context;
        this.engine = engine;
        this.command = command;
        loginFrom = command.floor();
    }

    RaisedFloor run(LongConsumer progress) {
        EveryHolder holders = new EveryHolder(context);
        holders.run(this::raise, progress);
        return RaisedFloor.of(changed, loginFrom, holders.unreadable());
    }

    private void raise(Holder holder) {
        Decision decision = engine.change(holder, command);
        changed += decision.changes() ? 1 : 0;
        note(decision.enrolment());
    }

    private void note(Enrolment enrolment) {
        note(enrolment.activeToken());
        note(enrolment.pendingToken());
    }

    private void note(@Nullable Token token) {
        if (token != null && token.profile() instanceof TotpProfile profile) {
            Instant displayed = DriftRules.displaysAfter(context.policy().codes(), profile, command.floor());
            loginFrom = displayed.isAfter(loginFrom) ? displayed : loginFrom;
        }
    }
}
