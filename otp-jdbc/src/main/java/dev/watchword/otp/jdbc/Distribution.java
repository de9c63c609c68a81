package dev.watchword.otp.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the tables of a store are distributed over the nodes of Citus, an extension of PostgreSQL.
 *
 * <p>A distribution adds one script to each script of PostgreSQL's schema. The added scripts are in
 * {@code META-INF/watchword/schema/citus_by_institution} or {@code META-INF/watchword/schema/citus_by_holder}.
 */
public enum Distribution {
    /** No table is distributed. This is the schema of every product but Citus. */
    NONE,

    /**
     * All rows of one institution are on one node. The foreign keys stay. An institution that has outgrown one node needs
     * {@link #BY_HOLDER}.
     */
    BY_INSTITUTION,

    /**
     * All rows of one holder are on one node, and the holders of an institution are on all nodes. User IDs and serial numbers
     * are distributed by their own keys. The foreign keys to and from them are dropped, because Citus has none between tables
     * that are distributed by different keys. Each change writes both sides of these references in one transaction.
     */
    BY_HOLDER;

    /** Returns the distribution of a schema with the given applied scripts. */
    static Distribution of(Set<String> applied, List<JdbcSchema.Script> scripts) {
        for (Distribution distribution : List.of(BY_INSTITUTION, BY_HOLDER)) {
            if (scripts.stream()
                    .anyMatch(script ->
                            applied.contains(distribution.after(script).name()))) {
                return distribution;
            }
        }
        return NONE;
    }

    /** Returns the scripts of this distribution: each script of the schema, followed by the one that distributes its tables. */
    List<JdbcSchema.Script> of(List<JdbcSchema.Script> scripts) {
        return this == NONE
                ? scripts
                : scripts.stream()
                        .flatMap(script -> Stream.of(script, after(script)))
                        .toList();
    }

    private JdbcSchema.Script after(JdbcSchema.Script script) {
        String name = script.name().replaceFirst("\\.sql$", "_" + text() + ".sql");
        return new JdbcSchema.Script(script.folder(), name, "citus_" + text());
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
