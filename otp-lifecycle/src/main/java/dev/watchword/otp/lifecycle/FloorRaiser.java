package dev.watchword.otp.lifecycle;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.DriftRules;
import dev.watchword.otp.lifecycle.internal.machine.RaiseFloor;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises the floor of every holder, page by page. For one run and one thread. */
final class FloorRaiser {
    private static final Logger LOG = LoggerFactory.getLogger(FloorRaiser.class);
    private static final int PAGE = 200;

    private final Context context;
    private final Engine engine;
    private final RaiseFloor command;
    private final List<Holder> unreadable = new ArrayList<>();
    private Instant loginFrom;
    private long changed;

    FloorRaiser(Context context, Engine engine, RaiseFloor command) {
        this.context = context;
        this.engine = engine;
        this.command = command;
        loginFrom = command.floor();
    }

    RaisedFloor run(LongConsumer progress) {
        long handled = 0;
        Holder last = null;
        List<Holder> page;
        do {
            page = context.store().holders(context.serviceId(), last, PAGE);
            for (Holder holder : page) {
                last = holder;
                raise(holder);
                handled++;
            }
            progress.accept(handled);
        } while (page.size() == PAGE);
        return RaisedFloor.of(changed, loginFrom, unreadable);
    }

    private void raise(Holder holder) {
        try {
            Decision decision = engine.change(holder, command);
            changed += decision.changes() ? 1 : 0;
            note(decision.enrolment());
        } catch (IntegrityException e) {
            LOG.error("The floor of holder {} was not raised, because the stored data cannot be read", holder, e);
            unreadable.add(holder);
        }
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
