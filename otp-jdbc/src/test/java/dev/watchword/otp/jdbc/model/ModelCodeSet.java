package dev.watchword.otp.jdbc.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of emergency codes or recovery codes of a model holder: the codes as texts, with null for a used one. */
final class ModelCodeSet {
    final List<@Nullable String> codes;
    final Instant createdAt;
    final @Nullable Instant expiresAt;
    int wrongInARow;

    ModelCodeSet(List<String> codes, Instant createdAt, @Nullable Instant expiresAt) {
        this.codes = new ArrayList<>(codes);
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    int unused() {
        return (int) codes.stream().filter(code -> code != null).count();
    }
}
