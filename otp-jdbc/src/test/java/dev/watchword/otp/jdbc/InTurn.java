package dev.watchword.otp.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source whose connections are those of several nodes in turn, from a pool for each: what one says is soon asked of another. */
final class InTurn implements AutoCloseable {
    private final List<HikariDataSource> pools;
    private final AtomicInteger next = new AtomicInteger();

    final DataSource dataSource = (DataSource) Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, args) -> method.invoke(nextPool(), args));

    /** Of the databases at these URLs, with so many connections to each at most. */
    InTurn(List<String> urls, int connections) {
        pools = urls.stream().map(url -> pool(url, connections)).toList();
    }

    static HikariDataSource pool(String url, int connections) {
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
