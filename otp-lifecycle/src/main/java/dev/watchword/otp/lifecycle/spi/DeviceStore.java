package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StorageException;
import java.util.Optional;

/**
 * The public keys of the devices on which apps were provisioned, an optional part of a {@link TokenStore}. Signing requests are
 * sealed to these keys. It MUST be thread-safe.
 *
 * <p>{@link TokenStore#commit} writes a key with {@link EnrolmentChange#device}, in the same atomic step, and deletes the key of a
 * token that ends. Software tokens sign only in a store with this part. The library compares each key with the fingerprint in the
 * authenticated enrolment before it uses the key.
 */
public interface DeviceStore {
    /**
     * Reads the key of the device on which a token was provisioned.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @param serial the token
     * @return the key; empty if none is stored for the token
     * @throws StorageException if the storage fails
     * @throws IntegrityException if the stored bytes are not a key
     */
    Optional<DevicePublicKey> device(ServiceId serviceId, Holder holder, SerialNumber serial);
}
