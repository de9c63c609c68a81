package dev.watchword.otp;

/**
 * The QR code of an {@code otpauth} URI. This class draws the code in this process and sends it nowhere.
 *
 * <p>The picture shows the secret. Give it to the token's holder only, and keep no copy.
 *
 * <p>This class requires the optional dependency {@code com.google.zxing:core}. On the module path it also requires
 * {@code --add-modules com.google.zxing}. Without them, every method throws an {@link IllegalStateException}. All
 * methods are pure functions and safe for use by several threads.
 */
public final class OtpauthQr {
    /** The width in modules of the light border that ISO/IEC 18004 requires on every side. */
    private static final int QUIET_ZONE = 4;

    private OtpauthQr() {}

    /**
     * Draws the QR code as a scalable picture, black on white.
     *
     * @param uri the URI that the app scans
     * @return an SVG document of one user unit per module. The page sets the displayed size
     * @throws IllegalArgumentException if the names are too long for a QR code
     * @throws IllegalStateException if the secret is destroyed or the optional dependency is missing
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
     * Draws the QR code with block characters, two modules per character. The picture is for a terminal that shows
     * light text on a dark background.
     *
     * @param uri the URI that the app scans
     * @return lines of text, each ended by a line feed
     * @throws IllegalArgumentException if the names are too long for a QR code
     * @throws IllegalStateException if the secret is destroyed or the optional dependency is missing
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
                    "QR codes require the optional dependency com.google.zxing:core; add it to your build", e);
        }
    }
}
