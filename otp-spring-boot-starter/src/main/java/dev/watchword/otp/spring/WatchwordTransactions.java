package dev.watchword.otp.spring;

import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.TokensInTransaction;
import dev.watchword.otp.lifecycle.model.Origin;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The operations of the institution within the current transaction of the application (R15). Thread-safe.
 *
 * <p>The transaction is one of Spring on the data source of the store, such as a method with {@code @Transactional} begins. Its commit
 * stores the changes, and its rollback undoes them. No evidence is verified here: make a proof with {@link Institution#proofs} before
 * the transaction begins.
 *
 * <p>After an operation has thrown an exception of the library, the transaction cannot commit, even if the application catches the
 * exception. A refusal is a value, after which the transaction can commit.
 */
public final class WatchwordTransactions {
    private final Institution institution;
    private final JdbcTokenStore store;
    private final StoreDataSource dataSource;

    WatchwordTransactions(Institution institution, JdbcTokenStore store, StoreDataSource dataSource) {
        this.institution = institution;
        this.store = store;
        this.dataSource = dataSource;
    }

    /**
     * Returns the operations within the current transaction. All calls in one transaction return the same object.
     *
     * @return the operations, for this thread and this transaction
     * @throws IllegalTransactionStateException if this thread has no transaction on the data source of the store
     */
    public TokensInTransaction current() {
        return joined().tokens;
    }

    /**
     * Returns the operations within the current transaction for a request. Every event that they record has the origin (R9.6).
     *
     * @param origin the origin of the request, as far as the application can tell
     * @return the operations, for this thread and this transaction
     * @throws IllegalTransactionStateException if this thread has no transaction on the data source of the store
     */
    public TokensInTransaction current(Origin origin) {
        Institution ofRequest = institution.from(origin);
        return ofRequest.within(joined().view);
    }

    private Joined joined() {
        if (!TransactionSynchronizationManager.isSynchronizationActive() || !dataSource.hasOpenTransaction()) {
            throw new IllegalTransactionStateException(
                    "The thread has no transaction on the data source of the token store; annotate the method with"
                            + " @Transactional, and give the transaction manager the same data source");
        }
        @Nullable Object joined = TransactionSynchronizationManager.getResource(this);
        return joined instanceof Joined known ? known : join();
    }

    private Joined join() {
        Connection connection = DataSourceUtils.getConnection(dataSource.pool());
        try {
            WatchedTransactionStore view = new WatchedTransactionStore(store.takingPartIn(connection));
            Joined joined = new Joined(connection, view, institution.within(view));
            TransactionSynchronizationManager.bindResource(this, joined);
            TransactionSynchronizationManager.registerSynchronization(joined);
            return joined;
        } catch (RuntimeException e) {
            DataSourceUtils.releaseConnection(connection, dataSource.pool());
            throw e;
        }
    }

    /** The view of one transaction. It is unbound while another transaction suspends this one. */
    private final class Joined implements TransactionSynchronization {
        private final Connection connection;
        private final WatchedTransactionStore view;
        private final TokensInTransaction tokens;

        Joined(Connection connection, WatchedTransactionStore view, TokensInTransaction tokens) {
            this.connection = connection;
            this.view = view;
            this.tokens = tokens;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(WatchwordTransactions.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(WatchwordTransactions.this, this);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            RuntimeException failure = view.failure();
            if (failure != null) {
                // after a TransactionException here, the transaction manager would not roll back
                throw new IllegalStateException(
                        "An operation of Watchword failed in this transaction, so it is rolled back", failure);
            }
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(WatchwordTransactions.this);
            DataSourceUtils.releaseConnection(connection, dataSource.pool());
        }
    }
}
