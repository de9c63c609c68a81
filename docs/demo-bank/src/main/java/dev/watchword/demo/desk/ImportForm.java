package dev.watchword.demo.desk;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.operations.MissingExpiry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/**
 * The fields of an import.
 *
 * @param batch the name of the batch
 * @param layout the layout of the file
 * @param secret the password or key of an encrypted file
 * @param years the lifetime of tokens without an expiry in the file, in years; empty if each must have one
 * @param file the file
 */
record ImportForm(
        @Nullable String batch,
        @Nullable FileLayout layout,
        @Nullable String secret,
        @Nullable String years,
        @Nullable MultipartFile file) {
    static final ImportForm EMPTY = new ImportForm(null, null, null, "5", null);

    private static final int DAYS_OF_YEAR = 365;

    /** {@return the fields that are missing or malformed} */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        if (batchId().isEmpty()) {
            wrong.add("batch.name");
        }
        if (layout == null) {
            wrong.add("layout");
        } else if (!layout.accepts(typedSecret())) {
            wrong.add("secret");
        }
        if (missingExpiry().isEmpty()) {
            wrong.add("years");
        }
        if (file == null || file.isEmpty()) {
            wrong.add("file");
        }
        return wrong;
    }

    Optional<BatchId> batchId() {
        return BatchId.parse(batch);
    }

    /** {@return the password or key; empty if none was typed} */
    String typedSecret() {
        return Objects.requireNonNullElse(secret, "");
    }

    Optional<MissingExpiry> missingExpiry() {
        if (years == null || years.isBlank()) {
            return Optional.of(MissingExpiry.REFUSED);
        }
        return years.matches("[1-9]|1[0-9]|20")
                ? Optional.of(MissingExpiry.after(Duration.ofDays((long) DAYS_OF_YEAR * Integer.parseInt(years))))
                : Optional.empty();
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "ImportForm[batch=" + batch + ", layout=" + layout + "]";
    }
}
