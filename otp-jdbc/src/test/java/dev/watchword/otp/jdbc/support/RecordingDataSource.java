package dev.watchword.otp.jdbc.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;

/** A data source that records all calls to the database. For use by one thread. */
public final class RecordingDataSource {
    /** A call of a setter of a parameter. */
    public record Parameter(Method setter, List<Object> arguments) {}

    /** The first word of each executed statement, and the calls that control transactions. */
    public final List<String> words = new ArrayList<>();

    /** Each statement once, with its last parameters. */
    public final Map<String, List<Parameter>> statements = new LinkedHashMap<>();

    public final DataSource dataSource;

    public RecordingDataSource(DataSource around) {
        dataSource = proxy(
                DataSource.class,
                around,
                (method, result, args) -> result instanceof Connection connection
                        ? proxy(Connection.class, connection, this::ofConnection)
                        : result);
    }

    private Object ofConnection(Method method, Object result, Object[] args) {
        if (List.of("commit", "rollback", "setAutoCommit").contains(method.getName())) {
            words.add(method.getName());
        }
        if (!(result instanceof PreparedStatement statement)) {
            return result;
        }
        String sql = ((String) args[0]).strip();
        List<Parameter> parameters = new ArrayList<>();
        return proxy(PreparedStatement.class, statement, (call, answer, values) -> {
            if (call.getName().startsWith("set") && values != null && values.length > 1) {
                parameters.add(new Parameter(call, Arrays.asList(values)));
            }
            if (call.getName().equals("addBatch")) {
                statements.put(sql, List.copyOf(parameters));
                parameters.clear();
            }
            if (call.getName().startsWith("execute")) {
                words.add(sql.split("\\W+", 2)[0].toLowerCase(Locale.ROOT));
                if (!parameters.isEmpty()) {
                    statements.put(sql, List.copyOf(parameters));
                }
            }
            return answer;
        });
    }

    private interface After {
        Object of(Method method, Object result, Object[] args);
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            try {
                return after.of(method, method.invoke(target, args), args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
