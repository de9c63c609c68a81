package dev.watchword.otp.spring;

import org.springframework.transaction.IllegalTransactionStateException;

/**
 * Thrown when an operation of the institution is called while the thread has an open transaction of the application on the data source
 * of the store. Nothing was read, evaluated or charged.
 *
 * <p>The operation would need a second connection of the pool. With as many such threads as connections, each waits for the others. On
 * SQLite it would wait for its own transaction. Call the operation before the transaction. In the transaction, use
 * {@link WatchwordTransactions}.
 */
public final class EvidenceInTransactionException extends IllegalTransactionStateException {
    private static final long serialVersionUID = 1L;

    EvidenceInTransactionException() {
        super(
                "An operation of the institution was called within a transaction on the data source of its store. Call it before the"
                        + " transaction begins. Within the transaction use WatchwordTransactions.current(), with a proof of"
                        + " Institution.proofs() where a holder confirms. The property"
                        + " watchword.transactions.allow-second-connection=true allows the call on a second connection");
    }
}
