package dev.watchword.otp;

/**
 * The QR code of an {@code otpauth} URI, drawn here and sent nowhere. The picture shows the secret: hand it to the token's
 * holder alone, and keep no copy.
 *
 * <p>It takes an optional dependency, {@code com.google.zxing:core}, and on the module path
 * {@code --add-modules com.google.zxing}. Without it, every method throws an {@link IllegalStateException}. Pure.
 */
public final class OtpauthQr {
    /** How many light modules the standard (ISO/IEC 18004) wants on every side. */
    private static final int QUIET_ZONE = 4;

    private OtpauthQr() {}

    /**
     * Draws the code as a picture that scales, black on white.
     *
     * @param uri what the app scans
     * @return an SVG document, one user unit a module; its size is the page's to set
     * @throws IllegalArgumentException if the names are too long for a QR code
     * @throws IllegalStateException if the secret was destroyed, or the optional dependency is missing
     */
    public static String exposeSvg(OtpauthUri uri) {
        QrModules modules = modulesOf(uri);
        int size = modules.size() + 2 * QUIET_ZONE;
        StringBuilder dark = new StringBuilder();
        for (int y = 0; y < modules.size(); y++) {
            for (int x = 0; x < modules.size(); x++) {
                if (modules.isDark(x, y)) {
                    dark.append('M').append(x + QUIET_ZONE).append(' ').append(y + QUIET_ZONE);
                    dark.append("h1v1h-1z");
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size
                + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size + "v" + size
                + "H0z\"/><path d=\""
                + dark + "\"/></svg>";
    }

    /**
     * Draws the code with block characters, two modules a character, for a terminal that shows light text on a dark
     * ground.
     *
     * @param uri what the app scans
     * @return lines that each end with a line feed
     * @throws IllegalArgumentException if the names are too long for a QR code
     * @throws IllegalStateException if the secret was destroyed, or the optional dependency is missing
     */
    public static String exposeText(OtpauthUri uri) {
        QrModules modules = modulesOf(uri);
        StringBuilder text = new StringBuilder();
        for (int y = -QUIET_ZONE; y < modules.size() + QUIET_ZONE; y += 2) {
            for (int x = -QUIET_ZONE; x < modules.size() + QUIET_ZONE; x++) {
                text.append(block(!modules.isDark(x, y), !modules.isDark(x, y + 1)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static char block(boolean upperLight, boolean lowerLight) {
        if (upperLight) {
            return lowerLight ? '█' : '▀';
        }
        return lowerLight ? '▄' : ' ';
    }

    private static QrModules modulesOf(OtpauthUri uri) {
        try {
            return QrModules.of(uri.exposeUri());
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "QR codes take the optional dependency com.google.zxing:core; add it to your build", e);
        }
    }
}
