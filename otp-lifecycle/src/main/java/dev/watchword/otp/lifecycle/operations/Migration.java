package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.seeds.ForeignToken;
import dev.watchword.otp.lifecycle.seeds.SeedFileException;
import dev.watchword.otp.lifecycle.seeds.TokenReader;
import java.util.function.LongConsumer;

/**
 * Takes over tokens that are in use in another system. Their holders keep using them. Each token is one change with one event.
 * Thread-safe.
 *
 * <p>The other system MUST stop accepting codes of a token before the token is taken over. Otherwise both accept the same code.
 *
 * <p>A migration takes over the secret of a token's codes, and no key for signing (OCRA). A token that shall sign transactions
 * here MUST come from the stock.
 */
public interface Migration {
    /**
     * Takes over a token. It is then in use as if it had been activated here. If a software token has no serial number, the
     * number source supplies one. If it has no expiry, it gets the lifetime of the policy.
     *
     * @param token the token; the caller destroys its secret
     * @return the registration; or a refusal if the holder has a token or an order here, or if the serial number or the user ID is
     *     taken
     * @throws IllegalArgumentException if the token has expired, its drift is beyond the policy's cap, or its last step is in the
     *     future
     * @throws WatchwordException if the infrastructure fails
     */
    Outcome<Registration> takeOver(ForeignToken token);

    /**
     * Takes over the tokens of a file, one after the other. It reports bad records and takes over the others. It skips tokens that
     * an earlier run took over, so it can be interrupted and repeated with the same file or a corrected one.
     *
     * @param file the file; stays open
     * @param progress receives the number of read records after each thousand; an exception interrupts the job
     * @return the result
     * @throws SeedFileException if the file cannot be read to its end; its earlier tokens are taken over
     * @throws WatchwordException if the infrastructure fails
     */
    Migrated run(TokenReader file, LongConsumer progress);

    /**
     * Returns the result that {@link #run} would have, and changes nothing. {@link Migrated#problems()} counts the bad records by
     * the kind of their problem. To find repetitions, the rehearsal keeps the holders, serial numbers and user IDs of the file in
     * memory, a few hundred bytes for each record.
     *
     * @param file the file; stays open
     * @param progress receives the number of read records after each thousand; an exception interrupts the rehearsal
     * @return the expected result
     * @throws SeedFileException if the file cannot be read to its end
     * @throws WatchwordException if the infrastructure fails
     */
    Migrated rehearse(TokenReader file, LongConsumer progress);
}
