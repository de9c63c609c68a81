package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.StorageException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A process that dies after so many plain statements, for the database: its connection is gone, and nothing was rolled back. */
final class Mortal {
    /** What ends the process. */
    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final AtomicInteger left;

    private Mortal(int statements) {
        left = new AtomicInteger(statements);
    }

    /** Whether something was done with so many statements. */
    static boolean survives(DataSource database, int statements, Consumer<DataSource> what) {
        Mortal mortal = new Mortal(statements);
        try {
            what.accept(mortal.around(DataSource.class, database));
            return true;
        } catch (Death | StorageException e) {
            if (mortal.left.get() >= 0) {
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
