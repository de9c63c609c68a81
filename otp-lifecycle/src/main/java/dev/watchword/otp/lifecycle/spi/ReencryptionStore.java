package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of encrypted values after a key rotation, an optional part of a {@link TokenStore}. It MUST be thread-safe.
 */
public interface ReencryptionStore {
    /**
     * Replaces the encrypted values of enrolments. Each is replaced only if the enrolment still has the version of
     * {@link ReencryptedEnrolment#before}. The store MAY use one atomic step for all, or one for each.
     *
     * @param enrolments at most one of each holder
     * @return the number of replaced enrolments; concurrent changes prevented the others
     * @throws WatchwordException if the storage fails; the caller may repeat the call
     */
    int reencrypt(List<ReencryptedEnrolment> enrolments);

    /**
     * Reads a page of the tokens that no holder has, staged ones included, in the order of their serial numbers as text.
     *
     * @param serviceId the institution
     * @param after the last serial number of the page before; {@code null} for the first page
     * @param limit the greatest number of tokens, from 1
     * @return the following tokens, empty after the last one
     * @throws WatchwordException if the storage fails
     */
    List<StockedToken> stockPage(ServiceId serviceId, @Nullable SerialNumber after, int limit);

    /**
     * Replaces the secrets of stocked tokens. Each is replaced only if the token is still there with its old secret.
     *
     * @param serviceId the institution
     * @param before the tokens as they were read
     * @param after the same tokens in the same order, re-encrypted
     * @return how many were replaced
     * @throws WatchwordException if the storage fails; the caller may repeat the call
     */
    int reencryptStock(ServiceId serviceId, List<StockedToken> before, List<StockedToken> after);
}
