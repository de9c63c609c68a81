package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.StorageException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where what is sealed is sealed anew, under another key. Must be safe for use by several threads and be kept beside the
 * {@link TokenStore} of the same institutions.
 */
public interface SealedStore {
    /**
     * Puts what was sealed anew in the place of what it was, each only if its enrolment still has the version of
     * {@link Resealing#before}. All in one atomic step, or in several, one for each enrolment.
     *
     * @param resealings at most one of each enrolment
     * @return how many were put in place; the others were changed by somebody meanwhile
     * @throws StorageException if the storage fails; it can be done again then
     */
    int reseal(List<Resealing> resealings);

    /**
     * Reads a piece of the fobs that no holder has, staged ones among them, in the order of their serial numbers as text.
     *
     * @param serviceId the institution
     * @param after the serial number before the first wanted one; {@code null} to begin at the beginning
     * @param limit how many at most, from 1
     * @return the fobs that follow, empty if none do
     * @throws StorageException if the storage fails
     */
    List<StockedFob> stockPage(ServiceId serviceId, @Nullable SerialNumber after, int limit);

    /**
     * Puts secrets that were sealed anew in the place of what they were, each only if the fob is still there with the secret
     * that it was.
     *
     * @param serviceId the institution
     * @param before the fobs as they were read
     * @param after the same fobs in the same order, sealed anew
     * @return how many were put in place
     * @throws StorageException if the storage fails; it can be done again then
     */
    int resealStock(ServiceId serviceId, List<StockedFob> before, List<StockedFob> after);
}
