package dev.watchword.otp.jdbc.support;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.model.StorageException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Simulates a process that dies after a number of statements: its connection is gone without a rollback, and with it
 * every lock of the connection.
 */
public final class DyingProcess {
    /** Ends the simulated process. */
    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final HikariDataSource database;
    private final AtomicInteger left;

    private DyingProcess(HikariDataSource database, int statements) {
        this.database = database;
        left = new AtomicInteger(statements);
    }

    /** Returns whether an action finishes within a number of statements. */
    public static boolean survives(HikariDataSource database, int statements, Consumer<DataSource> what) {
        DyingProcess process = new DyingProcess(database, statements);
        try {
            what.accept(process.around(DataSource.class, database));
            return true;
        } catch (Death | StorageException e) {
            if (process.left.get() >= 0) {
                throw e;
            }
            return false;
        }
    }

    private <T> T around(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (left.get() < 0 && !method.getName().equals("close")) {
                throw new Death();
            }
            if (target instanceof Statement && method.getName().equals("execute") && left.decrementAndGet() < 0) {
                throw new Death();
            }
            if (left.get() < 0 && target instanceof Connection connection) {
                database.evictConnection(connection);
                return null;
            }
            try {
                Object result = method.invoke(target, args);
                if (result instanceof Connection connection) {
                    return around(Connection.class, connection);
                }
                return method.getName().equals("createStatement")
                        ? around(Statement.class, (Statement) result)
                        : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
