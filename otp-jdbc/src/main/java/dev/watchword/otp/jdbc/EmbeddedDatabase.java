package dev.watchword.otp.jdbc;

import java.nio.file.Path;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * A database in a file of one's own, in this process: H2, set so that what was acknowledged survives the death of the
 * process. One process at a time can have it open. Needs {@code com.h2database:h2} on the class path.
 *
 * <p>It outlives the process, not the power: H2 leaves it to the operating system when the disk is written.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    /** Asynchronous files, since H2's others are closed for everybody when one thread is interrupted in a write. */
    private static final String FILES = "jdbc:h2:async:";

    private static final String SETTINGS = ";WRITE_DELAY=0;LOCK_TIMEOUT=10000";
    private static final int MAX_CONNECTIONS = 32;

    private final JdbcConnectionPool pool;

    private EmbeddedDatabase(JdbcConnectionPool pool) {
        this.pool = pool;
    }

    /**
     * Opens a database, and creates it with its tables if it is not there yet.
     *
     * @param file the file without its ending, which is {@code .mv.db}
     * @return the database
     * @throws IllegalArgumentException if the path has a semicolon, which H2 would take for the end of it
     * @throws dev.watchword.otp.lifecycle.StorageException if it cannot be opened, for instance because another process
     *     has it open
     */
    public static EmbeddedDatabase open(Path file) {
        String path = file.toAbsolutePath().toString();
        if (path.indexOf(';') >= 0) {
            throw new IllegalArgumentException("The path of a database must not have a semicolon: " + path);
        }
        JdbcConnectionPool pool = JdbcConnectionPool.create(FILES + path + SETTINGS, "watchword", "");
        pool.setMaxConnections(MAX_CONNECTIONS);
        try {
            JdbcSchema.apply(pool);
        } catch (RuntimeException e) {
            pool.dispose();
            throw e;
        }
        return new EmbeddedDatabase(pool);
    }

    /**
     * Returns the store in this database.
     *
     * @return a store that works until the database is closed
     */
    public JdbcTokenStore tokenStore() {
        return JdbcTokenStore.on(pool);
    }

    /** Closes the database. Using the store afterwards is an {@link IllegalStateException}. */
    @Override
    public void close() {
        pool.dispose();
    }
}
