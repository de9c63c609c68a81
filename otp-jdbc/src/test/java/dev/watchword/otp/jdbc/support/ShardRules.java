package dev.watchword.otp.jdbc.support;

import dev.watchword.otp.jdbc.support.FakeCitus.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules that the statements and transactions of a store must follow, because Citus refuses others or plans them badly. The rules read the text of a statement. They
 * know the few forms of SQL that the store uses.
 */
public final class ShardRules {
    private static final Pattern TABLE = Pattern.compile(
            "\\b(?:FROM|JOIN|INTO|UPDATE) (otp_\\w+)(?: (?!WHERE|SET|ON|LEFT|JOIN|ORDER|FOR|VALUES|GROUP|LIMIT)([a-z]))?");

    private static final Pattern CASE_OF_VALUE = Pattern.compile("\\bCASE (?!WHEN\\b)");
    private static final Pattern WRITING_WITH = Pattern.compile("^WITH .*\\b(?:UPDATE|INSERT|DELETE) ");
    private static final Pattern FILLED_BY_QUERY = Pattern.compile("^INSERT INTO (otp_\\w+) \\([^)]*\\) (?=SELECT )");
    private static final Pattern WRITTEN = Pattern.compile("^(?:UPDATE|INSERT INTO|DELETE FROM) (otp_\\w+)");

    private final Layout layout;

    public ShardRules(Layout layout) {
        this.layout = layout;
    }

    /** A query or a subquery: its text without the subqueries in it, and its tables by their aliases. */
    private record Block(String text, Map<String, String> tables, List<Block> inner) {}

    /** Returns what is wrong with a statement. */
    public List<String> violations(String statement) {
        String sql = statement.strip().replaceAll("\\s+", " ");
        List<String> found = new ArrayList<>();
        if (WRITING_WITH.matcher(sql).find()) {
            found.add("writes in a WITH");
        }
        if (CASE_OF_VALUE.matcher(sql).find()) {
            found.add("compares in a CASE");
        }
        Matcher filled = FILLED_BY_QUERY.matcher(sql);
        Block block = parse(filled.replaceFirst(""));
        Set<String> groups = new TreeSet<>();
        if (filled.reset().find() && layout.isDistributed(filled.group(1))) {
            groups.add(layout.groups().get(filled.group(1)));
        }
        collectGroups(block, groups);
        if (groups.size() > 1) {
            found.add("joins tables of the groups " + groups);
        }
        subqueries(block, new LinkedHashMap<>(), found);
        boolean locks = sql.endsWith(" FOR UPDATE");
        block.tables.forEach((alias, table) -> {
            if (layout.isDistributed(table)) {
                if (locks && !isKeyGiven(block, alias, table)) {
                    found.add("locks rows of " + table + " on several nodes");
                }
                joins(block, alias, table, found);
            }
        });
        return found;
    }

    /** Returns whether a statement concerns one node only: the key of each distributed table is a parameter of it. */
    public boolean isForOneNode(String statement) {
        String sql = statement.strip().replaceAll("\\s+", " ");
        return isForOneNode(parse(FILLED_BY_QUERY.matcher(sql).replaceFirst("")));
    }

    private boolean isForOneNode(Block block) {
        return block.tables.entrySet().stream()
                        .allMatch(table -> !layout.isDistributed(table.getValue())
                                || isInserted(block, table.getValue())
                                || isKeyGiven(block, table.getKey(), table.getValue()))
                && block.inner.stream().allMatch(this::isForOneNode);
    }

    private boolean isInserted(Block block, String table) {
        return block.text.matches(
                "INSERT INTO " + table + " \\([^)]*\\b" + layout.keys().get(table) + "\\b[^)]*\\) VALUES .*");
    }

    /**
     * Returns what is wrong with the statements of a transaction. A statement on several nodes must not precede a change of a
     * table that every node has, if a foreign key leads from the one to the other. It may if the transaction begins in the
     * sequential mode.
     *
     * @param references the foreign keys from distributed tables to those of which every node has all rows
     */
    public List<String> violations(List<String> transaction, Map<String, String> references) {
        if (!transaction.isEmpty() && transaction.get(0).startsWith("SET LOCAL citus.multi_shard_modify_mode")) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        Set<String> restricted = new TreeSet<>();
        for (String statement : transaction) {
            String sql = statement.strip().replaceAll("\\s+", " ");
            Matcher written = WRITTEN.matcher(sql);
            if (written.find() && restricted.contains(written.group(1))) {
                found.add("changes " + written.group(1) + " after a statement on several nodes");
            }
            references.forEach((from, to) -> {
                if (sql.contains(from) && !isForOneNode(sql)) {
                    restricted.add(to);
                }
            });
        }
        return found;
    }

    private void collectGroups(Block block, Set<String> groups) {
        for (String table : block.tables.values()) {
            if (layout.isDistributed(table)) {
                groups.add(layout.groups().get(table));
            }
        }
        block.inner.forEach(inner -> collectGroups(inner, groups));
    }

    /** A subquery without a distributed table must be about the row outside. One with such a table must not be within one without. */
    private void subqueries(Block block, Map<String, String> outside, List<String> found) {
        boolean distributed = block.tables.values().stream().anyMatch(layout::isDistributed);
        if (!outside.isEmpty() && !block.tables.isEmpty()) {
            boolean distributedOutside = outside.values().stream().anyMatch(layout::isDistributed);
            if (distributed && !distributedOutside) {
                found.add("has a subquery on a distributed table for the rows of one that is not");
            }
            if (!distributed && !isCorrelated(block, outside.keySet())) {
                found.add("has a subquery on " + block.tables.values() + " without its key");
            }
        }
        Map<String, String> all = new LinkedHashMap<>(outside);
        all.putAll(block.tables);
        block.inner.forEach(inner -> subqueries(inner, all, found));
    }

    private static boolean isCorrelated(Block block, Set<String> outside) {
        return outside.stream()
                .anyMatch(other -> block.tables.keySet().stream()
                        .anyMatch(own -> block.text.matches(".*\\b" + own + "\\.(\\w+) = " + other + "\\.\\1\\b.*")));
    }

    /** A joined table must be found by a given key, or be joined by its key. */
    private void joins(Block block, String alias, String table, List<String> found) {
        String key = layout.keys().get(table);
        boolean joined = block.tables.entrySet().stream()
                .filter(other -> !other.getKey().equals(alias) && layout.isDistributed(other.getValue()))
                .allMatch(other -> block.text.contains(alias + "." + key + " = " + other.getKey() + "." + key)
                        || block.text.contains(other.getKey() + "." + key + " = " + alias + "." + key)
                        || isKeyGiven(block, other.getKey(), other.getValue()));
        boolean outer = block.text.matches(".*\\bLEFT JOIN " + table + " " + alias + " .*");
        boolean onDistributed =
                layout.isDistributed(block.tables.values().iterator().next());
        if (!isKeyGiven(block, alias, table) && (!joined || (outer && !onDistributed))) {
            found.add("joins " + table + " without its key");
        }
    }

    private boolean isKeyGiven(Block block, String alias, String table) {
        String key = layout.keys().get(table);
        String name = alias.equals(table) ? "(?<!\\.)\\b" : "\\b" + alias + "\\.";
        return Pattern.compile(name + key + " = \\?").matcher(block.text).find();
    }

    private static Block parse(String sql) {
        StringBuilder text = new StringBuilder();
        List<Block> inner = new ArrayList<>();
        int at = 0;
        while (at < sql.length()) {
            if (sql.startsWith("(SELECT ", at) || sql.startsWith("( SELECT ", at)) {
                int end = end(sql, at);
                inner.add(parse(sql.substring(at + 1, end).strip()));
                text.append("(…)");
                at = end + 1;
            } else {
                text.append(sql.charAt(at++));
            }
        }
        Map<String, String> tables = new LinkedHashMap<>();
        Matcher matcher = TABLE.matcher(text);
        while (matcher.find()) {
            tables.put(matcher.group(2) == null ? matcher.group(1) : matcher.group(2), matcher.group(1));
        }
        return new Block(text.toString(), tables, inner);
    }

    /** Returns the place of the bracket that closes the one at a place. */
    private static int end(String sql, int open) {
        int depth = 0;
        for (int i = open; ; i++) {
            depth += sql.charAt(i) == '(' ? 1 : sql.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
    }
}
