package dev.watchword.otp.jdbc;

import java.nio.file.Path;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * An H2 database in a file, opened inside this process. H2 writes each commit to the file before it acknowledges the
 * commit. An acknowledged commit therefore survives the death of the process. Only one process at a time can open the
 * file. This class needs {@code com.h2database:h2} on the class path.
 *
 * <p>A power failure can still lose acknowledged commits, because H2 lets the operating system decide when to write to
 * the disk.
 *
 * <p>This class and its stores are safe for use by several threads. At most 32 connections are open at a time, and a
 * call that finds no free connection waits for one.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    /**
     * The URL prefix for asynchronous file channels. H2's other file systems close the file for all threads when one
     * thread is interrupted in a write.
     */
    private static final String FILES = "jdbc:h2:async:";

    private static final String SETTINGS = ";WRITE_DELAY=0;LOCK_TIMEOUT=10000";
    private static final int MAX_CONNECTIONS = 32;

    private final JdbcConnectionPool pool;

    private EmbeddedDatabase(JdbcConnectionPool pool) {
        this.pool = pool;
    }

    /**
     * Opens a database. Creates the file if it does not exist, and applies the schema scripts that the database lacks.
     *
     * @param file the path without the extension {@code .mv.db}, which H2 appends
     * @return the open database; close it before another process opens the file
     * @throws IllegalArgumentException if the path contains a semicolon, which H2 would read as the end of the path
     * @throws dev.watchword.otp.lifecycle.model.StorageException if the database cannot be opened, for example because
     *     another process has it open, or if it has the schema of a newer version of this library
     */
    public static EmbeddedDatabase open(Path file) {
        String path = file.toAbsolutePath().toString();
        if (path.indexOf(';') >= 0) {
            throw new IllegalArgumentException(
                    "The path of a database must not contain a semicolon; choose another one: " + path);
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
     * Returns a store on this database.
     *
     * @return a store that works until the database is closed
     * @throws IllegalStateException if this database is closed
     * @throws dev.watchword.otp.lifecycle.model.StorageException if the database fails
     */
    public JdbcTokenStore tokenStore() {
        return JdbcTokenStore.on(pool);
    }

    /**
     * Closes the database. Its stores throw an {@link IllegalStateException} afterwards. Does nothing if the database
     * is already closed.
     */
    @Override
    public void close() {
        pool.dispose();
    }
}
