package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.StorageException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check that a connection from the data source of a store is not in the middle of a transaction. The store would otherwise
 * commit the half-done work of the application (R15.3), for example with a data source that hands out the connection of the current
 * transaction.
 *
 * <p>A connection in autocommit mode is fine. For any other one the driver knows whether a transaction is open, without a round
 * trip. The drivers are optional at run time, so this class finds their types by name, in the loaders that can see them.
 */
final class OpenTransactions {
    /** The ways in which the drivers tell whether a transaction is open. */
    private enum Driver {
        POSTGRESQL("org.postgresql.jdbc.PgConnection") {
            @Override
            boolean hasOpen(Object connection, Class<?> type) throws ReflectiveOperationException {
                return !String.valueOf(call(type, connection, "getTransactionState"))
                        .equals("IDLE");
            }
        },
        MARIADB("org.mariadb.jdbc.Connection") {
            private static final int IN_TRANSACTION = 1;

            @Override
            boolean hasOpen(Object connection, Class<?> type) throws ReflectiveOperationException {
                Object context = call(type, connection, "getContext");
                Class<?> contexts = type.getMethod("getContext").getReturnType();
                return ((Integer) call(contexts, context, "getServerStatus") & IN_TRANSACTION) != 0;
            }
        },
        /** The driver executes BEGIN at once. Nothing was done in the transaction before its first statement. */
        SQLITE("org.sqlite.SQLiteConnection") {
            @Override
            boolean hasOpen(Object connection, Class<?> type) throws ReflectiveOperationException {
                return (Boolean) call(type, connection, "isFirstStatementExecuted");
            }
        },
        /** H2 tells of transactions that wrote something. */
        H2("org.h2.jdbc.JdbcConnection") {
            @Override
            boolean hasOpen(Object connection, Class<?> type) throws ReflectiveOperationException {
                Object session = call(type, connection, "getSession");
                Class<?> sessions = type.getMethod("getSession").getReturnType();
                return (Boolean) call(sessions, session, "hasPendingTransaction");
            }
        };

        private final String type;

        Driver(String type) {
            this.type = type;
        }

        abstract boolean hasOpen(Object connection, Class<?> type) throws ReflectiveOperationException;

        /** Calls a method of an exported type. The class of the object itself may not be exported. */
        private static Object call(Class<?> type, Object target, String name) throws ReflectiveOperationException {
            Method method = type.getMethod(name);
            return method.invoke(target);
        }
    }

    private OpenTransactions() {}

    /**
     * Throws a {@link StorageException} if the connection is in a transaction, or if its driver cannot tell. Nothing is
     * changed on the connection.
     */
    static void requireNone(Connection connection) throws SQLException {
        if (DriverCalls.call(connection, connection::getAutoCommit)) {
            return;
        }
        Boolean open = hasOpen(connection);
        if (open == null) {
            throw new StorageException(
                    "The data source hands out connections without autocommit, and their driver does not tell whether a"
                            + " transaction is open; nothing was done. Give the store a data source whose connections are"
                            + " in autocommit mode",
                    null);
        }
        if (open) {
            throw new StorageException(
                    "The data source handed out a connection in the middle of a transaction; nothing was done. To take"
                            + " part in the transaction, use Institution.within with JdbcTokenStore.takingPartIn."
                            + " Otherwise give the store a data source of its own, which does not hand out the"
                            + " connection of the current transaction",
                    null);
        }
    }

    /** Returns whether a transaction is open, or {@code null} if no known driver can tell. */
    private static @Nullable Boolean hasOpen(Connection connection) throws SQLException {
        for (Driver driver : Driver.values()) {
            for (ClassLoader loader : loaders(connection)) {
                Class<?> type = find(driver.type, loader);
                if (type != null && connection.isWrapperFor(type)) {
                    return hasOpen(driver, connection.unwrap(type), type);
                }
            }
        }
        return null;
    }

    private static @Nullable Boolean hasOpen(Driver driver, Object connection, Class<?> type) throws SQLException {
        try {
            return driver.hasOpen(connection, type);
        } catch (InvocationTargetException e) {
            throw new SQLException("The driver did not tell whether a transaction is open", e);
        } catch (ReflectiveOperationException e) {
            return null; // another version of the driver
        }
    }

    /** The loaders that can see the driver: of a plain connection, of this class, and of the application. */
    private static Set<ClassLoader> loaders(Connection connection) {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        for (@Nullable
        ClassLoader loader : new @Nullable ClassLoader[] {
            connection.getClass().getClassLoader(),
            OpenTransactions.class.getClassLoader(),
            Thread.currentThread().getContextClassLoader()
        }) {
            if (loader != null) {
                loaders.add(loader);
            }
        }
        return loaders;
    }

    private static @Nullable Class<?> find(String type, ClassLoader loader) {
        try {
            return Class.forName(type, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
