package dev.watchword.otp.lifecycle.stock;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads a PSKC file (RFC 6030) with keys of HOTP and TOTP, in the open or encrypted. It is streamed: one key package is
 * held at a time.
 *
 * <p>A record is bad if its fob cannot be used as the file says: its policy restricts it in a way that is unknown or not
 * enforced here, it lacks what its algorithm needs, its secret has less than 16 bytes, or a MAC is wrong or missing.
 * Elements of other namespaces are extensions and ignored, except in a policy. A signature is not looked at, unless the
 * reader is opened with the maker's key.
 */
public final class PskcReader extends SeedReader {
    private final BoundedStream bytes;
    private final PskcKey key;
    private final @Nullable PublicKey signer;
    private final SeedLimits limits;
    private @Nullable KeyContainer container;

    private PskcReader(BoundedStream bytes, PskcKey key, @Nullable PublicKey signer, SeedLimits limits) {
        this.bytes = bytes;
        this.key = key;
        this.signer = signer;
        this.limits = limits;
    }

    /**
     * Opens a file, of which nothing is read yet.
     *
     * @param file the file; closed by {@link #close()}
     * @param key what opens its values
     * @return the reader
     */
    public static PskcReader open(InputStream file, PskcKey key) {
        return open(file, key, SeedLimits.DEFAULT);
    }

    /**
     * Opens a file, of which nothing is read yet.
     *
     * @param file the file; closed by {@link #close()}
     * @param key what opens its values
     * @param limits how much it may ask
     * @return the reader
     */
    public static PskcReader open(InputStream file, PskcKey key, SeedLimits limits) {
        return new PskcReader(new BoundedStream(file, limits.maxBytes()), key, null, limits);
    }

    /**
     * Opens a file that its maker signed as a whole, of which nothing is read yet. It is read at once and held in
     * memory; no record is given unless the signature holds.
     *
     * @param file the file; closed by {@link #close()}
     * @param key what opens its values
     * @param signer the maker's key, from a certificate that the institution trusts; what the file says of its signer is
     *     not looked at
     * @return the reader
     */
    public static PskcReader openSigned(InputStream file, PskcKey key, PublicKey signer) {
        return openSigned(file, key, signer, SeedLimits.DEFAULT);
    }

    /**
     * Opens a file that its maker signed as a whole, as {@link #openSigned(InputStream, PskcKey, PublicKey)} does.
     *
     * @param file the file; closed by {@link #close()}
     * @param key what opens its values
     * @param signer the maker's key
     * @param limits how much the file may ask
     * @return the reader
     */
    public static PskcReader openSigned(InputStream file, PskcKey key, PublicKey signer, SeedLimits limits) {
        return new PskcReader(
                new BoundedStream(file, limits.maxBytes()), key, requireNonNull(signer, "signer"), limits);
    }

    @Override
    @Nullable
    SeedRecord read() {
        KeyContainer reading = container;
        if (reading == null) {
            BoundedStream document =
                    signer == null ? bytes : SignedDocument.verified(bytes, signer, limits.maxSignedBytes());
            reading = KeyContainer.of(XmlSource.of(document), key, limits);
            container = reading;
        }
        return reading.next();
    }

    @Override
    public void close() {
        bytes.close();
    }
}
