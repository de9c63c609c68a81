package dev.watchword.otp;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Collects the repairs of one URI, or rejects the first deviation in strict mode. For one thread. */
final class OtpauthRepairs {
    private final boolean strict;
    private final Set<OtpauthRepair> made = EnumSet.noneOf(OtpauthRepair.class);

    OtpauthRepairs(boolean strict) {
        this.strict = strict;
    }

    /** Notes a repair. Throws an {@link IllegalArgumentException} with its rule in strict mode. */
    void add(OtpauthRepair repair) {
        if (strict) {
            throw new IllegalArgumentException(repair.rule());
        }
        made.add(repair);
    }

    /** Notes a repair if a condition holds. */
    void addIf(boolean deviates, OtpauthRepair repair) {
        if (deviates) {
            add(repair);
        }
    }

    Set<OtpauthRepair> made() {
        return Collections.unmodifiableSet(made);
    }
}
