package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Holder;
import java.time.Instant;
import java.util.List;

/** The result of {@link OperatorDesk#raiseFloor}. Immutable. */
public final class RaisedFloor {
    private final long changed;
    private final Instant loginFrom;
    private final List<Holder> unreadable;

    private RaisedFloor(long changed, Instant loginFrom, List<Holder> unreadable) {
        this.changed = changed;
        this.loginFrom = requireNonNull(loginFrom, "loginFrom");
        this.unreadable = List.copyOf(unreadable);
    }

    static RaisedFloor of(long changed, Instant loginFrom, List<Holder> unreadable) {
        return new RaisedFloor(changed, loginFrom, unreadable);
    }

    /** {@return the number of holders whose data was changed} */
    public long changed() {
        return changed;
    }

    /**
     * {@return the first instant at which every TOTP token with a right clock displays a code that is accepted. Tell the
     * customers to log in from then on}
     */
    public Instant loginFrom() {
        return loginFrom;
    }

    /** {@return the holders whose stored data cannot be read. Their floor was not raised. Restore their data} */
    public List<Holder> unreadable() {
        return unreadable;
    }

    @Override
    public String toString() {
        return "RaisedFloor[changed=" + changed + ", loginFrom=" + loginFrom + ", unreadable=" + unreadable + "]";
    }
}
