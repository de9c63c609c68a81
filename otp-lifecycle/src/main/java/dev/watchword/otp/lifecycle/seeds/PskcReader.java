package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A reader of PSKC files (RFC 6030) with HOTP, TOTP and OCRA keys, plain, encrypted or signed. It streams the file and holds
 * two key packages at a time.
 *
 * <p>A token that also signs transactions has two key packages: one with a HOTP or TOTP key, and one with an OCRA key. They
 * MUST be adjacent, in either order, and state one serial number. They are one record.
 *
 * <p>A record is bad if the hardware token cannot be used as the file states. The main cases are:
 *
 * <ul>
 *   <li>The policy has a restriction that is unknown or that Watchword does not enforce.
 *   <li>A value that the algorithm requires is absent.
 *   <li>The secret has fewer than 16 bytes.
 *   <li>A MAC is wrong or missing.
 *   <li>A token has an OCRA key and no adjacent key for codes.
 *   <li>The suite of an OCRA key has a PIN or session information, which Watchword does not store.
 * </ul>
 *
 * <p>Reading ends if the first encrypted value cannot be decrypted, because the key or password is then probably wrong.
 *
 * <p>Elements of other namespaces are extensions (RFC 6030 §9). The reader ignores them except in a policy. It ignores a
 * signature unless it was opened with {@code openSigned}.
 */
public final class PskcReader extends SeedReader {
    private final BoundedStream bytes;
    private final PskcKey key;
    private final @Nullable PublicKey signer;
    private final PskcOptions options;
    private @Nullable KeyContainer container;

    private PskcReader(InputStream file, PskcKey key, @Nullable PublicKey signer, PskcOptions options) {
        this.bytes = new BoundedStream(file, options.limits().maxBytes());
        this.key = key;
        this.signer = signer;
        this.options = options;
    }

    /**
     * Opens a file with the default limits, without reading it.
     *
     * @param file the file; {@link #close()} closes it
     * @param key the key to its encrypted values
     * @return the reader
     */
    public static PskcReader open(InputStream file, PskcKey key) {
        return open(file, key, PskcOptions.DEFAULT);
    }

    /**
     * Opens a file without reading it.
     *
     * @param file the file; {@link #close()} closes it
     * @param key the key to its encrypted values
     * @param limits the bounds on the size of the file, the number of its records and its PBKDF2 iterations
     * @return the reader
     */
    public static PskcReader open(InputStream file, PskcKey key, SeedLimits limits) {
        return open(file, key, PskcOptions.DEFAULT.withLimits(limits));
    }

    /**
     * Opens a file without reading it.
     *
     * @param file the file; {@link #close()} closes it
     * @param key the key to its encrypted values
     * @param options the choices that the file leaves open, and the limits
     * @return the reader
     */
    public static PskcReader open(InputStream file, PskcKey key, PskcOptions options) {
        return new PskcReader(file, key, null, options);
    }

    /**
     * Opens a file that its manufacturer signed as a whole (RFC 6030 §7), with the default limits, without reading it.
     *
     * <p>The first call of {@link #hasNext()} reads the whole file into memory and verifies the signature. The reader
     * returns no record unless the signature is valid. It ignores any key or certificate inside the file.
     *
     * @param file the file; {@link #close()} closes it
     * @param key the key to its encrypted values
     * @param signer the manufacturer's public key, an RSA or EC key from a certificate that the institution trusts
     * @return the reader
     */
    public static PskcReader openSigned(InputStream file, PskcKey key, PublicKey signer) {
        return openSigned(file, key, signer, PskcOptions.DEFAULT);
    }

    /**
     * Opens a signed file like {@link #openSigned(InputStream, PskcKey, PublicKey)}, with other limits.
     *
     * @param file the file; {@link #close()} closes it
     * @param key the key to its encrypted values
     * @param signer the manufacturer's public key
     * @param limits the bounds on the size of the file, the number of its records and its PBKDF2 iterations
     * @return the reader
     */
    public static PskcReader openSigned(InputStream file, PskcKey key, PublicKey signer, SeedLimits limits) {
        return openSigned(file, key, signer, PskcOptions.DEFAULT.withLimits(limits));
    }

    /**
     * Opens a signed file like {@link #openSigned(InputStream, PskcKey, PublicKey)}, with options.
     *
     * @param file the file; {@link #close()} closes it
     * @param key the key to its encrypted values
     * @param signer the manufacturer's public key
     * @param options the choices that the file leaves open, and the limits
     * @return the reader
     */
    public static PskcReader openSigned(InputStream file, PskcKey key, PublicKey signer, PskcOptions options) {
        return new PskcReader(file, key, requireNonNull(signer, "signer"), options);
    }

    @Override
    @Nullable
    SeedRecord read() {
        KeyContainer reading = container;
        if (reading == null) {
            BoundedStream document = signer == null
                    ? bytes
                    : SignedDocument.verified(bytes, signer, options.limits().maxSignedBytes());
            reading = KeyContainer.of(XmlSource.of(document), key, options);
            container = reading;
        }
        return reading.next();
    }

    @Override
    public void close() {
        bytes.close();
    }
}
