package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.Place;
import org.jspecify.annotations.Nullable;

/** A {@code KeyContainer} that is read as a stream: first its head, then each key package (RFC 6030 §4). */
final class KeyContainer {
    private static final String MAJOR_VERSION = "1\\.[0-9]{1,3}";

    private final XmlSource source;
    private final XmlElement root;
    private final PskcKey key;
    private final PskcOptions options;
    private @Nullable XmlElement encryptionKey;
    private @Nullable XmlElement macMethod;
    private @Nullable ValueOpener opener;
    private long index;

    private KeyContainer(XmlSource source, PskcKey key, PskcOptions options) {
        this.source = source;
        this.root = source.root();
        this.key = key;
        this.options = options;
    }

    static KeyContainer of(XmlSource source, PskcKey key, PskcOptions options) {
        KeyContainer container = new KeyContainer(source, key, options);
        try {
            requireContainer(container.root);
        } catch (Problem e) {
            throw container.failure(e);
        }
        return container;
    }

    /** Returns the next record, or {@code null} after the last. */
    @Nullable
    SeedRecord next() {
        try {
            for (XmlElement child = source.nextChild(); child != null; child = source.nextChild()) {
                if (child.is(Pskc.NAMESPACE, "KeyPackage")) {
                    return record(child);
                }
                head(child);
            }
            if (index == 0) {
                throw Problem.ofFile(root, "The file has no KeyPackage; check that it is complete");
            }
            return null;
        } catch (Problem e) {
            throw failure(e);
        }
    }

    private SeedFileException failure(Problem e) {
        return new SeedFileException(
                "The seed file cannot be read: " + e.text + " (" + new Place(index, null, e.line, e.column, e.path)
                        + ")",
                null);
    }

    private static void requireContainer(XmlElement root) throws Problem {
        if (root.name().equals("KeyContainer") && Pskc.isDraft(root.namespace())) {
            throw Problem.ofFile(
                    root,
                    "The file follows a draft of PSKC from before RFC 6030, which is not supported; ask the maker for a"
                            + " file of RFC 6030");
        }
        if (!root.is(Pskc.NAMESPACE, "KeyContainer")) {
            throw Problem.ofFile(
                    root,
                    "The file is not PSKC: its root element must be KeyContainer in the namespace " + Pskc.NAMESPACE);
        }
        if (!String.valueOf(root.attribute("Version")).matches(MAJOR_VERSION)) {
            throw Problem.ofFile(
                    root, "The attribute Version of KeyContainer must be 1.0, or another minor version of 1");
        }
    }

    /** Records a child element that is not a key package. Such an element MUST precede the first key package. */
    private void head(XmlElement child) throws Problem {
        if (!Pskc.isOwn(child.namespace()) || child.is(Pskc.NAMESPACE, "Extensions")) {
            return;
        }
        boolean early = index == 0;
        if (early && encryptionKey == null && child.is(Pskc.NAMESPACE, "EncryptionKey")) {
            encryptionKey = child;
        } else if (early && macMethod == null && child.is(Pskc.NAMESPACE, "MACMethod")) {
            macMethod = child;
        } else {
            throw Problem.ofFile(
                    child,
                    "The element " + child.name()
                            + " is unknown here, repeated, or after a KeyPackage; correct or remove it");
        }
    }

    private SeedRecord record(XmlElement keyPackage) throws Problem {
        if (opener == null) {
            opener = ValueOpener.of(root, encryptionKey, macMethod, key, options.limits());
        }
        index++;
        if (index > options.limits().maxRecords()) {
            throw Problem.ofFile(
                    keyPackage,
                    "The file has more than " + options.limits().maxRecords()
                            + " records; raise SeedLimits.maxRecords, or ask the maker for smaller files");
        }
        String serial = statedSerial(keyPackage);
        try {
            Seed seed = KeyPackage.seed(keyPackage, opener, options);
            return new SeedRecord.Good(
                    new Place(index, serial, keyPackage.line(), keyPackage.column(), keyPackage.path()), seed);
        } catch (Problem e) {
            if (e.endsReading) {
                throw e;
            }
            return new SeedRecord.Bad(new BadRecord(new Place(index, serial, e.line, e.column, e.path), e.text));
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
