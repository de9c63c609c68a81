package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.RowMac;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates the stored rows of an enrolment and its tokens (R10.5): an HMAC-SHA-256 under the history key that the head of the
 * history names. An altered row, a row of another holder, or a row of another version does not verify.
 */
public final class RowAuthenticator {
    private static final byte FORMAT = 1;

    private final HistoryMac macs;

    public RowAuthenticator(KeySource keys) {
        macs = new HistoryMac(keys);
    }

    /**
     * Computes the authentication code of an enrolment. An earlier code in the enrolment has no effect.
     *
     * @throws IllegalArgumentException if the enrolment has no event, so that it cannot be stored
     * @throws KeyUnavailableException if the history key is missing or not fit for its use
     */
    public RowMac compute(Enrolment enrolment) {
        ChainLink head = enrolment.head();
        if (head == null) {
            throw new IllegalArgumentException("Only an enrolment with a history can be stored");
        }
        return new RowMac(withFormat(head, enrolment));
    }

    /** The HMAC of an enrolment, after the number of its format. */
    private byte[] withFormat(ChainLink head, Enrolment enrolment) {
        byte[] mac = macs.compute(head.keyName(), text -> RowEncoding.append(text, FORMAT, enrolment));
        byte[] bytes = new byte[1 + mac.length];
        bytes[0] = FORMAT;
        System.arraycopy(mac, 0, bytes, 1, mac.length);
        return bytes;
    }

    /**
     * Verifies the authentication code of a stored enrolment.
     *
     * @throws IntegrityException if the code is missing, has an unknown format, or does not fit the enrolment
     * @throws KeyUnavailableException if the history key is missing or not fit for its use
     */
    public void verify(Enrolment stored) {
        RowMac found = stored.rowMac();
        ChainLink head = stored.head();
        if (found == null || head == null) {
            throw failure(stored, "have no authentication code (row_mac)", null);
        }
        if (found.format() != FORMAT) {
            throw new IntegrityException(
                    "The authentication code (row_mac) of holder " + stored.holder() + " has the unknown format "
                            + found.format() + "; use the version of the library that wrote it",
                    null);
        }
        byte[] computed;
        try {
            computed = withFormat(head, stored);
        } catch (ArithmeticException e) {
            throw failure(stored, "have an instant out of range", e);
        }
        if (!MessageDigest.isEqual(computed, found.bytes())) {
            throw failure(stored, "do not fit their authentication code (row_mac)", null);
        }
    }

    private static IntegrityException failure(Enrolment stored, String problem, @Nullable Exception cause) {
        return new IntegrityException(
                "The stored rows of holder " + stored.holder() + " " + problem
                        + ": a row of the enrolment or of its tokens was altered, moved or put back."
                        + " Investigate, then restore the holder's rows from a backup",
                cause);
    }
}
