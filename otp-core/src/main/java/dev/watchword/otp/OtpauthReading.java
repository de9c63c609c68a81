package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An {@code otpauth} URI with the deviations that its reader repaired. An application can show the deviations, so that the sender
 * of the URI can correct it. Immutable, except that the secret can be destroyed. {@code toString} shows no secret.
 */
public final class OtpauthReading {
    private final OtpauthUri uri;
    private final Set<OtpauthRepair> repairs;

    OtpauthReading(OtpauthUri uri, Set<OtpauthRepair> repairs) {
        this.uri = requireNonNull(uri, "uri");
        this.repairs = repairs;
    }

    /** {@return the value of the URI} */
    public OtpauthUri uri() {
        return uri;
    }

    /** {@return the repaired deviations; empty if {@link OtpauthUri#parseStrict(String)} reads the URI} */
    public Set<OtpauthRepair> repairs() {
        return repairs;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof OtpauthReading that && uri.equals(that.uri) && repairs.equals(that.repairs));
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, repairs);
    }

    @Override
    public String toString() {
        return "OtpauthReading[uri=" + uri + ", repairs=" + repairs + "]";
    }
}
