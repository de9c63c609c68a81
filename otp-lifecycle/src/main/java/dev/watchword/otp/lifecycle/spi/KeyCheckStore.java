package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.KeyCheck;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.util.List;

/**
 * The check values of the keys of each institution, an optional part of a {@link TokenStore}. With this part, the builder of an
 * institution rejects a key source that has other bytes under a known name (R10.4). It MUST be thread-safe.
 *
 * <p>A key is identified by its institution, its use and its name. Names are compared exactly. A check value is stored once: a
 * store MUST NOT change or delete it.
 */
public interface KeyCheckStore {
    /**
     * Reads the check values of an institution.
     *
     * @param serviceId the institution
     * @return its check values, one for each use and name, in any order
     * @throws WatchwordException if the storage fails
     */
    List<KeyCheck> keyChecks(ServiceId serviceId);

    /**
     * Stores the check value of a key, in one atomic step, if the key has none. If many processes call this at once for one key,
     * one of them stores its value, and all receive that value.
     *
     * @param serviceId the institution
     * @param check the check value
     * @return the stored check value of the key: the given one, or the earlier one
     * @throws WatchwordException if the storage fails; the caller may repeat the call
     */
    KeyCheck add(ServiceId serviceId, KeyCheck check);
}
