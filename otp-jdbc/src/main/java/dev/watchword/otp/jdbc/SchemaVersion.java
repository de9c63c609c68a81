package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.CheckReturnValue;
import java.util.List;

/**
 * The scripts of the schema that a database has, and those that this version of the library needs (see {@link JdbcSchema}).
 * Immutable.
 */
@CheckReturnValue
public final class SchemaVersion {
    private final List<String> applied;
    private final List<String> expected;

    SchemaVersion(List<String> applied, List<String> expected) {
        this.applied = List.copyOf(applied);
        this.expected = List.copyOf(expected);
    }

    /** {@return the names of the applied scripts, sorted; empty if the database has no schema of the store} */
    public List<String> applied() {
        return applied;
    }

    /** {@return the names of the scripts that this version of the library needs, in the order of their application} */
    public List<String> expected() {
        return expected;
    }

    /** {@return whether the database lacks a script, so that {@link JdbcSchema#apply} must be called} */
    public boolean isOlder() {
        return !applied.containsAll(expected);
    }

    /** {@return whether the database has a script that this version of the library does not know} */
    public boolean isNewer() {
        return !expected.containsAll(applied);
    }

    @Override
    public String toString() {
        return "SchemaVersion[applied=" + applied + ", expected=" + expected + "]";
    }
}
