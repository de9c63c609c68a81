package dev.watchword.otp.jdbc.support;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Makes a database of PostgreSQL look like Citus. The extension is listed, and its functions note how each table would be
 * distributed.
 */
public final class FakeCitus {
    private FakeCitus() {}

    /**
     * How the tables are distributed.
     *
     * @param groups the co-location group of each distributed table: the name of its first table
     * @param keys the distribution column of each distributed table
     * @param references the tables of which every node has all rows
     */
    public record Layout(Map<String, String> groups, Map<String, String> keys, List<String> references) {
        public boolean isDistributed(String table) {
            return groups.containsKey(table);
        }
    }

    /** Lists the extension, and creates its functions in the current schema. The user must be a superuser. */
    public static void install(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET allow_system_table_mods = on");
            statement.execute("""
                    INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
                    SELECT 1, 'citus', extowner, extnamespace, FALSE, '0' FROM pg_extension WHERE extname = 'plpgsql'""");
            statement.execute("RESET allow_system_table_mods");
            statement.execute("CREATE TABLE distributed (name TEXT, key_column TEXT, together_with TEXT)");
            statement.execute("""
                    CREATE FUNCTION create_distributed_table(name REGCLASS, key_column TEXT, colocate_with TEXT) RETURNS VOID
                    LANGUAGE SQL AS 'INSERT INTO distributed VALUES ($1, $2, $3)'""");
            statement.execute("""
                    CREATE FUNCTION create_reference_table(name REGCLASS) RETURNS VOID
                    LANGUAGE SQL AS 'INSERT INTO distributed VALUES ($1)'""");
        }
    }

    /** Returns how the tables would be distributed. */
    public static Layout layout(DataSource database) throws SQLException {
        Map<String, String> groups = new LinkedHashMap<>();
        Map<String, String> keys = new LinkedHashMap<>();
        List<String> references = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, key_column, together_with FROM distributed")) {
            while (rows.next()) {
                String table = rows.getString(1);
                String key = rows.getString(2);
                String with = rows.getString(3);
                if (key == null) {
                    references.add(table);
                } else {
                    keys.put(table, key);
                    groups.put(table, with.equals("none") ? table : with);
                }
            }
        }
        return new Layout(groups, keys, references);
    }
}
