package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The state of a connection that the store returns to a pool which resets nothing. */
class SessionTest {
    @ParameterizedTest
    @EnumSource(Server.class)
    void itsTimeLimitIsForTheStoreAlone(Server server) throws Exception {
        try (HikariDataSource database = server.database("");
                Connection only = DriverManager.getConnection(database.getJdbcUrl())) {
            JdbcSchema.apply(database);
            List<String> said = new ArrayList<>();
            JdbcTokenStore store = JdbcTokenStore.on(poolOf(only, said));

            said.clear();
            store.find(TestInstitution.SERVICE_ID, new Holder("taro"));
            assertTrue(said.contains("setNetworkTimeout"));
            assertEquals(0, only.getNetworkTimeout());

            only.setNetworkTimeout(Runnable::run, 3_000);
            store.find(TestInstitution.SERVICE_ID, new Holder("taro"));
            assertEquals(3_000, only.getNetworkTimeout());
        }
    }

    /** A pool of one connection that resets nothing. */
    private static DataSource poolOf(Connection only, List<String> said) {
        InvocationHandler lent = (self, method, args) -> {
            said.add(method.getName());
            try {
                return method.getName().equals("close") ? null : method.invoke(only, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return proxy(DataSource.class, (self, method, args) -> proxy(Connection.class, lent));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
