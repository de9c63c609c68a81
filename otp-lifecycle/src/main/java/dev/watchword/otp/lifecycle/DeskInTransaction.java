package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.model.Operator;

/**
 * The operations of an operator within a transaction of the application. Obtain it from {@link TokensInTransaction#desk}. For one
 * thread and one transaction. None of them takes evidence, so a rollback undoes them whole.
 */
public final class DeskInTransaction extends HolderDesk {
    DeskInTransaction(Context context, Engine engine, Operator operator) {
        super(context, engine, operator);
    }
}
