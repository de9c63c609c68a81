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
     * Re-encrypts until nothing is left under another key than the current one. Every process MUST already use that key. After the
     * job has returned, only backups need the old keys.
     *
     * @param progress receives the progress after each page; an exception interrupts the job
     * @return the progress at the end
     * @throws KeyUnavailableException if an old key is missing; the message names the value
     * @throws IntegrityException if a value does not decrypt; the message names it
     * @throws WatchwordException if the store fails
     */
    @CanIgnoreReturnValue
    Reencrypted run(Consumer<Reencrypted> progress);
}
