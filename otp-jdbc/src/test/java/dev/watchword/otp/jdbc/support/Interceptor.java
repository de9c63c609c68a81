package dev.watchword.otp.jdbc.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose calls a test sees, and can let fail, before and after they reach the database. */
public final class Interceptor {
    /**
     * A call of a data source, a connection or a statement.
     *
     * @param type the simple name of the type of the called object
     * @param method the name of the method
     * @param sql the statement that an execution concerns, or an empty text
     */
    public record Call(String type, String method, String sql) {
        /** Returns whether the call executes a statement that begins with one of the given words. */
        public boolean executes(String... beginnings) {
            if (!method.startsWith("execute")) {
                return false;
            }
            for (String beginning : beginnings) {
                if (sql.startsWith(beginning)) {
                    return true;
                }
            }
            return false;
        }

        /** Returns whether the call commits, by a method or by a statement. */
        public boolean commits() {
            return method.equals("commit") || executes("COMMIT");
        }
    }

    /** An action at a call. */
    public interface Hook {
        void at(@Nullable Connection connection, Call call) throws Exception;
    }

    private final Hook before;
    private final Hook after;

    private Interceptor(Hook before, Hook after) {
        this.before = before;
        this.after = after;
    }

    /** Returns a data source that runs one hook before each call, and one after it. The connection is absent at its opening. */
    public static DataSource around(DataSource database, Hook before, Hook after) {
        Interceptor interceptor = new Interceptor(before, after);
        return interceptor.proxy(DataSource.class, database, null, "");
    }

    public static DataSource before(DataSource database, Hook before) {
        return around(database, before, (connection, call) -> {});
    }

    private <T> T proxy(Class<T> type, T target, @Nullable Connection connection, String prepared) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            boolean hasText = args != null && args.length > 0 && args[0] instanceof String;
            String sql = hasText ? ((String) args[0]).strip() : prepared;
            Call call = new Call(type.getSimpleName(), method.getName(), sql);
            before.at(connection, call);
            Object result;
            try {
                result = method.invoke(target, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            after.at(connection, call);
            if (result instanceof Connection opened && target instanceof DataSource) {
                return proxy(Connection.class, opened, opened, "");
            }
            if (result instanceof PreparedStatement statement) {
                return proxy(PreparedStatement.class, statement, connection, sql);
            }
            if (result instanceof Statement statement) {
                return proxy(Statement.class, statement, connection, "");
            }
            return result;
        }));
    }
}
