package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.util.function.Consumer;

/**
 * Re-encrypts stored values under the current sealing key: secrets of tokens in use, pending and in stock, and hashes of passwords
 * and mail codes. Codes are verified meanwhile. The job can be interrupted at any moment and repeated. Thread-safe.
 */
public interface Reencryption {
    /**
     * Re-encrypts until nothing is left under another key than the current one. Every process MUST already use that key. If the
     * current key changes meanwhile, the job re-encrypts under the new one. After the job has returned, only backups need the old
     * keys.
     *
     * <p>The job continues after a value that fails an integrity check, and reports its holder or its token in stock. These values
     * still need their keys.
     *
     * @param progress receives the progress after each page; an exception interrupts the job
     * @return the progress at the end
     * @throws KeyUnavailableException if an old key is missing; the message names the value
     * @throws IntegrityException if the row of a token in stock contradicts itself
     * @throws WatchwordException if the store fails
     */
    @CanIgnoreReturnValue
    Reencrypted run(Consumer<Reencrypted> progress);
}
