package dev.watchword.otp.spring;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The data source of the store. A {@link TransactionAwareDataSourceProxy} around it is taken off, because its connections belong to
 * the current transaction, and a store on them would commit the work of the application.
 */
final class StoreDataSource {
    private final DataSource dataSource;

    StoreDataSource(DataSource dataSource) {
        this.dataSource = withoutProxy(dataSource);
    }

    static StoreDataSource of(ObjectProvider<DataSource> marked, ObjectProvider<DataSource> all) {
        DataSource dataSource = marked.getIfAvailable();
        if (dataSource == null) {
            dataSource = all.getIfUnique();
        }
        if (dataSource == null) {
            throw new WatchwordConfigurationException(
                    "Watchword found several data sources, and none of them is the primary one.",
                    "Mark the data source of the tokens with @WatchwordDataSource.");
        }
        return new StoreDataSource(dataSource);
    }

    private static DataSource withoutProxy(DataSource dataSource) {
        DataSource target = dataSource;
        while (target instanceof TransactionAwareDataSourceProxy proxy) {
            target = requireTarget(proxy);
        }
        DataSource inner = target;
        while (inner instanceof DelegatingDataSource wrapper) {
            inner = requireTarget(wrapper);
            if (inner instanceof TransactionAwareDataSourceProxy) {
                throw new WatchwordConfigurationException(
                        "The data source wraps a TransactionAwareDataSourceProxy, whose connections belong to the"
                                + " current transaction of the application.",
                        "Mark the pool itself with @WatchwordDataSource.");
            }
        }
        return target;
    }

    private static DataSource requireTarget(DelegatingDataSource wrapper) {
        DataSource target = wrapper.getTargetDataSource();
        if (target == null) {
            throw new WatchwordConfigurationException(
                    "The data source is a proxy without a target.", "Set the target of the proxy.");
        }
        return target;
    }

    /** The pool, whose connections are outside of every transaction of the application. */
    DataSource pool() {
        return dataSource;
    }

    /** Returns whether this thread has an open transaction of the application on the data source. */
    boolean hasOpenTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return false;
        }
        @Nullable Object resource = TransactionSynchronizationManager.getResource(dataSource);
        if (!(resource instanceof ConnectionHolder holder) || holder.getConnectionHandle() == null) {
            return false;
        }
        try {
            // a transaction of another manager can hold a connection of this data source that has no transaction
            return !holder.getConnection().getAutoCommit();
        } catch (SQLException e) {
            return true;
        }
    }
}
