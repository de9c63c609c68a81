package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.Place;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import org.jspecify.annotations.Nullable;

/**
 * A {@code KeyContainer} that is read as a stream: first its head, then each key package (RFC 6030 §4). It reads one package
 * ahead, because that one can have the key with which the same token signs. A failure of that reading is thrown after the
 * record before it was returned.
 */
final class KeyContainer {
    private static final String MAJOR_VERSION = "1\\.[0-9]{1,3}";

    private final XmlSource source;
    private final XmlElement root;
    private final PskcKey key;
    private final PskcOptions options;
    private @Nullable XmlElement encryptionKey;
    private @Nullable XmlElement macMethod;
    private @Nullable ValueOpener opener;
    private @Nullable XmlElement ahead;
    private @Nullable SeedFileException failureAhead;
    private boolean ended;
    private @Nullable String lastToken;
    private long index;
    private long records;

    private KeyContainer(XmlSource source, PskcKey key, PskcOptions options) {
        this.source = source;
        this.root = source.root();
        this.key = key;
        this.options = options;
    }

    static KeyContainer of(XmlSource source, PskcKey key, PskcOptions options) {
        KeyContainer container = new KeyContainer(source, key, options);
        container.requireContainer();
        return container;
    }

    /** Returns the next record, or {@code null} after the last. */
    @Nullable
    SeedRecord next() {
        try {
            XmlElement keyPackage = take();
            return keyPackage == null ? null : record(keyPackage);
        } catch (Problem e) {
            throw failure(e);
        }
    }

    private @Nullable XmlElement take() {
        if (failureAhead != null) {
            throw failureAhead;
        }
        XmlElement taken = ahead == null ? read() : ahead;
        ahead = null;
        return taken;
    }

    private @Nullable XmlElement peek() {
        try {
            ahead = read();
        } catch (SeedFileException e) {
            failureAhead = e;
        }
        return ahead;
    }

    /** Reads the next key package. Returns {@code null} after the last. */
    private @Nullable XmlElement read() {
        if (ended) {
            return null;
        }
        for (XmlElement child = source.nextChild(); child != null; child = source.nextChild()) {
            if (child.is(Pskc.NAMESPACE, "KeyPackage")) {
                return child;
            }
            head(child);
        }
        ended = true;
        if (index == 0) {
            throw failure(FileProblem.EMPTY, root, "The file has no KeyPackage; check that it is complete");
        }
        return null;
    }

    private SeedFileException failure(Problem e) {
        FileProblem kind = switch (e.kind) {
            case NOT_PROTECTED, NOT_OPENED -> FileProblem.KEY;
            default -> FileProblem.FORMAT;
        };
        return failure(kind, e.text, new Place(index, null, e.line, e.column, e.path));
    }

    private SeedFileException failure(FileProblem kind, XmlElement at, String text) {
        return failure(kind, text, new Place(index, null, at.line(), at.column(), at.path()));
    }

    private static SeedFileException failure(FileProblem kind, String text, Place place) {
        return new SeedFileException(kind, "The seed file cannot be read: " + text + " (" + place + ")", null);
    }

    private void requireContainer() {
        if (root.name().equals("KeyContainer") && Pskc.isDraft(root.namespace())) {
            throw failure(
                    FileProblem.FORMAT,
                    root,
                    "The file follows a draft of PSKC from before RFC 6030, which is not supported; ask the maker for a"
                            + " file of RFC 6030");
        }
        if (!root.is(Pskc.NAMESPACE, "KeyContainer")) {
            throw failure(
                    FileProblem.FORMAT,
                    root,
                    "The file is not PSKC: its root element must be KeyContainer in the namespace " + Pskc.NAMESPACE);
        }
        if (!String.valueOf(root.attribute("Version")).matches(MAJOR_VERSION)) {
            throw failure(
                    FileProblem.FORMAT,
                    root,
                    "The attribute Version of KeyContainer must be 1.0, or another minor version of 1");
        }
    }

    /** Records a child element that is not a key package. Such an element MUST precede the first key package. */
    private void head(XmlElement child) {
        if (!Pskc.isOwn(child.namespace()) || child.is(Pskc.NAMESPACE, "Extensions")) {
            return;
        }
        boolean early = index == 0;
        if (early && encryptionKey == null && child.is(Pskc.NAMESPACE, "EncryptionKey")) {
            encryptionKey = child;
        } else if (early && macMethod == null && child.is(Pskc.NAMESPACE, "MACMethod")) {
            macMethod = child;
        } else {
            throw failure(
                    FileProblem.FORMAT,
                    child,
                    "The element " + child.name()
                            + " is unknown here, repeated, or after a KeyPackage; correct or remove it");
        }
    }

    private SeedRecord record(XmlElement first) throws Problem {
        ValueOpener values = opener;
        if (values == null) {
            values = ValueOpener.of(root, encryptionKey, macMethod, key, options.limits());
            opener = values;
        }
        index++;
        records++;
        if (records > options.limits().maxRecords()) {
            throw failure(
                    FileProblem.TOO_LARGE,
                    first,
                    "The file has more than " + options.limits().maxRecords()
                            + " records; raise SeedLimits.maxRecords, or ask the maker for smaller files");
        }
        Numbered one = new Numbered(first, index);
        XmlElement second = peek();
        boolean isRepeated = lastToken != null && lastToken.equals(TokenKeys.token(first, options));
        lastToken = TokenKeys.token(first, options);
        if (second == null
                || !TokenKeys.isSameToken(first, second, options)
                || TokenKeys.isSigning(first) == TokenKeys.isSigning(second)) {
            boolean hasOther = isRepeated || TokenKeys.isSameToken(first, second, options);
            return TokenKeys.isSigning(first) ? alone(one, hasOther) : record(one, null, values, options);
        }
        ahead = null;
        index++;
        Numbered other = new Numbered(second, index);
        return TokenKeys.isSigning(first) ? record(other, one, values, options) : record(one, other, values, options);
    }

    /** Rejects a key for signing that has no key for codes beside it. */
    private static SeedRecord alone(Numbered signing, boolean hasOtherKey) {
        String problem = hasOtherKey
                ? "The token has two keys for signing, and Watchword uses one; remove the KeyPackage of the other"
                : "The token has a key for signing and none for codes; put the KeyPackage of its HOTP or TOTP key directly"
                        + " before or after this one";
        return new SeedRecord.Bad(new BadRecord(signing.place(), RecordProblem.SIGNING_KEY, problem));
    }

    private static SeedRecord record(
            Numbered codes, @Nullable Numbered signing, ValueOpener values, PskcOptions options) throws Problem {
        Seed seed;
        try {
            seed = KeyPackage.seed(codes.element(), values, options);
        } catch (Problem e) {
            return codes.bad(e);
        }
        if (signing == null) {
            return new SeedRecord.Good(codes.place(), seed);
        }
        try {
            return new SeedRecord.Good(codes.place(), KeyPackage.withSigning(seed, signing.element(), values, options));
        } catch (Problem e) {
            seed.destroy();
            return signing.bad(e);
        }
    }

    /** A key package and its number in the file. */
    private record Numbered(XmlElement element, long index) {
        Place place() {
            return new Place(index, statedSerial(element), element.line(), element.column(), element.path());
        }

        SeedRecord bad(Problem e) throws Problem {
            if (e.endsReading) {
                throw e;
            }
            return new SeedRecord.Bad(
                    new BadRecord(new Place(index, statedSerial(element), e.line, e.column, e.path), e.kind, e.text));
        }
    }

    /** Returns the serial number that identifies a bad record, or {@code null} if it is not safe to show. */
    private static @Nullable String statedSerial(XmlElement keyPackage) {
        for (XmlElement device : keyPackage.children()) {
            for (XmlElement field : device.children()) {
                if (field.is(Pskc.NAMESPACE, "SerialNo")) {
                    return Stated.serial(field.text());
                }
            }
        }
        return null;
    }
}
