package dev.watchword.otp.lifecycle.seeds;

import org.jspecify.annotations.Nullable;

/**
 * The key packages of one hardware token. A package has one key (RFC 6030 §4.3), so a token with codes and with signatures has
 * two. They belong together if they are adjacent and name one token.
 */
final class TokenKeys {
    private TokenKeys() {}

    /** Returns whether the key of a package is for signatures. */
    static boolean isSigning(XmlElement keyPackage) {
        return OcraKey.isOcra(attribute(keyPackage, "Algorithm"));
    }

    /** Returns whether two packages state one token. */
    static boolean isSameToken(XmlElement one, @Nullable XmlElement other, PskcOptions options) {
        String token = token(one, options);
        return token != null && other != null && token.equals(token(other, options));
    }

    /**
     * Returns the name of a package's token, or {@code null} if the package states none. The key ID is no part of the name
     * unless it is the only one, because the two keys of a token have different IDs. The package may still be invalid.
     */
    static @Nullable String token(XmlElement keyPackage, PskcOptions options) {
        String serial = text(keyPackage, "DeviceInfo", "SerialNo");
        return switch (options.serial()) {
            case DEVICE, DEVICE_AND_KEY_ID -> serial;
            case DEVICE_OR_KEY_ID -> serial == null ? attribute(keyPackage, "Id") : serial;
            case DEVICE_AND_SLOT -> serial == null ? null : serial + "-" + text(keyPackage, "CryptoModuleInfo", "Id");
        };
    }

    private static @Nullable String attribute(XmlElement keyPackage, String name) {
        XmlElement key = first(keyPackage, "Key");
        String value = key == null ? null : key.attribute(name);
        return value == null ? null : value.strip();
    }

    private static @Nullable String text(XmlElement keyPackage, String parent, String name) {
        XmlElement outer = first(keyPackage, parent);
        XmlElement inner = outer == null ? null : first(outer, name);
        return inner == null ? null : inner.text().strip();
    }

    private static @Nullable XmlElement first(XmlElement parent, String name) {
        for (XmlElement child : parent.children()) {
            if (child.is(Pskc.NAMESPACE, name)) {
                return child;
            }
        }
        return null;
    }
}
