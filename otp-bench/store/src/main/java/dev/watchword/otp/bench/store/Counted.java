package dev.watchword.otp.bench.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A data source that counts round trips and commits, and records the statements. For use by one thread. */
final class Counted {
    int roundTrips;
    int commits;

    /** The recorded statements, each on one line. */
    final List<String> statements = new ArrayList<>();

    final DataSource dataSource;

    Counted(DataSource around) {
        dataSource = proxy(DataSource.class, around);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            String name = method.getName();
            boolean commits = name.equals("commit") || (name.startsWith("execute") && isAutoCommitted(target));
            boolean goes = name.startsWith("execute") || name.equals("commit") || name.equals("setAutoCommit");
            Object result;
            try {
                result = method.invoke(target, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            roundTrips += goes ? 1 : 0;
            this.commits += commits ? 1 : 0;
            if (result instanceof Connection connection) {
                return proxy(Connection.class, connection);
            }
            return result instanceof PreparedStatement statement
                    ? proxy(PreparedStatement.class, written(statement, args))
                    : result;
        }));
    }

    private boolean writes;

    private PreparedStatement written(PreparedStatement statement, Object[] args) {
        statements.add(Scripts.onOneLine((String) args[0]));
        writes = !((String) args[0]).stripLeading().startsWith("SELECT");
        return statement;
    }

    private boolean isAutoCommitted(Object target) throws SQLException {
        return writes
                && target instanceof PreparedStatement statement
                && statement.getConnection().getAutoCommit();
    }
}
