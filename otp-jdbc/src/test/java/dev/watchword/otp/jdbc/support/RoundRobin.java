package dev.watchword.otp.jdbc.support;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source that takes each connection from the next of several nodes. A pool per node keeps the connections. */
public final class RoundRobin implements AutoCloseable {
    private final List<HikariDataSource> pools;
    private final AtomicInteger next = new AtomicInteger();

    public final DataSource dataSource = (DataSource) Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, args) -> method.invoke(nextPool(), args));

    /** Opens a pool of limited size for each URL. */
    public RoundRobin(List<String> urls, int connections) {
        pools = urls.stream().map(url -> pool(url, connections)).toList();
    }

    public static HikariDataSource pool(String url, int connections) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(connections);
        pool.setMinimumIdle(0);
        return new HikariDataSource(pool);
    }

    private DataSource nextPool() {
        return pools.get(Math.floorMod(next.getAndIncrement(), pools.size()));
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }
}
