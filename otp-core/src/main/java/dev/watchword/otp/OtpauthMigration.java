package dev.watchword.otp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A part of an export of Google Authenticator: an {@code otpauth-migration} URI, which the app shows as a QR code. A large export
 * has several parts. {@link #join(List)} combines them. Immutable, except that the secrets can be destroyed. {@code toString}
 * shows no secret.
 *
 * <p>{@link #problems()} lists the unusable entries. The usable entries are read nevertheless.
 */
public final class OtpauthMigration {
    private final List<OtpauthUri> uris;
    private final List<String> problems;
    private final int part;
    private final int parts;
    private final long exportId;

    OtpauthMigration(List<OtpauthUri> uris, List<String> problems, int part, int parts, long exportId) {
        this.uris = List.copyOf(uris);
        this.problems = List.copyOf(problems);
        this.part = part;
        this.parts = parts;
        this.exportId = exportId;
    }

    /**
     * Parses one part. An entry with a secret below 128 bits is unusable.
     *
     * @param uri the text of the QR code, at most 16384 characters
     * @return the part
     * @throws IllegalArgumentException if the text is not such a URI. The message names the reason and shows no part of
     *     the text
     */
    public static OtpauthMigration parse(String uri) {
        return OtpauthMigrationParser.parse(uri, OtpauthMigration::requiringStrength);
    }

    /**
     * Parses one part with legacy secrets, which may be shorter than RFC 4226 allows because they are already in use. New
     * tokens MUST NOT use them.
     *
     * @param uri the text of the QR code, at most 16384 characters
     * @return the part
     * @throws IllegalArgumentException like {@link #parse(String)}
     */
    public static OtpauthMigration parseWeakLegacy(String uri) {
        return OtpauthMigrationParser.parse(uri, OtpSecret::weakLegacyCopyOf);
    }

    private static OtpSecret requiringStrength(byte[] bytes) {
        if (bytes.length >= OtpSecret.MIN_LEGACY_LENGTH && bytes.length < OtpSecret.MIN_LENGTH) {
            throw new IllegalArgumentException("the secret has " + bytes.length + " bytes instead of "
                    + OtpSecret.MIN_LENGTH + " or more; only OtpauthMigration.parseWeakLegacy reads it");
        }
        return OtpSecret.copyOf(bytes);
    }

    /**
     * Combines the parts of one export, given in any order.
     *
     * @param scanned every part of the export, each once
     * @return the whole export
     * @throws IllegalArgumentException if a part is missing or repeated, or belongs to another export
     */
    public static OtpauthMigration join(List<OtpauthMigration> scanned) {
        if (scanned.isEmpty()) {
            throw new IllegalArgumentException("An export has at least one part");
        }
        List<OtpauthMigration> sorted = scanned.stream()
                .sorted(Comparator.comparingInt(OtpauthMigration::part))
                .toList();
        OtpauthMigration first = sorted.get(0);
        List<OtpauthUri> uris = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            OtpauthMigration each = sorted.get(i);
            if (each.exportId != first.exportId || each.parts != first.parts) {
                throw new IllegalArgumentException("A part belongs to another export; scan all parts of one export");
            }
            if (each.part != i + 1) {
                throw new IllegalArgumentException("Part " + (i + 1) + " of " + first.parts
                        + " is missing, or another part is repeated; scan each part once");
            }
            uris.addAll(each.uris);
            for (String problem : each.problems) {
                problems.add("part " + each.part + ", " + problem);
            }
        }
        if (sorted.size() != first.parts) {
            throw new IllegalArgumentException(
                    "The export has " + first.parts + " parts, but " + sorted.size() + " were given; scan the others");
        }
        return new OtpauthMigration(uris, problems, 1, 1, first.exportId);
    }

    /** {@return the usable entries, in the order of the export} */
    public List<OtpauthUri> uris() {
        return uris;
    }

    /** {@return one text for each unusable entry, with its number and the reason; it contains no secret and no name} */
    public List<String> problems() {
        return problems;
    }

    /** {@return the number of this part, from 1} */
    public int part() {
        return part;
    }

    /** {@return the number of parts of the export, from 1} */
    public int parts() {
        return parts;
    }

    @Override
    public String toString() {
        return "OtpauthMigration[part " + part + " of " + parts + ", " + uris.size() + " entries, " + problems.size()
                + " problems]";
    }
}
