package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import dev.watchword.otp.support.RfcSecrets;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.regex.Pattern;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.Test;

/** Reads the drawn codes back with a QR decoder. */
class OtpauthQrTest {
    private static final OtpauthUri URI = new OtpauthUri.ForTotp(
            "Gewerbe & Co. 信用組合", "taro@example.com", RfcSecrets.of(HmacAlgorithm.SHA256), TotpProfile.BANK);
    private static final int QUIET_ZONE = 4;

    @Test
    void drawsTheUriAsSvg() throws Exception {
        String svg = OtpauthQr.exposeSvg(URI);
        var box = Pattern.compile("^<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 (\\d+) \\1\"")
                .matcher(svg);
        assertTrue(box.find());
        int size = Integer.parseInt(box.group(1));
        assertTrue(
                svg.contains("<path fill=\"#fff\" d=\"M0 0h" + size + "v" + size + "H0z\"/>"),
                "the background must be white");

        BitMatrix modules = new BitMatrix(size - 2 * QUIET_ZONE);
        var dark = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
        while (dark.find()) {
            modules.set(Integer.parseInt(dark.group(1)) - QUIET_ZONE, Integer.parseInt(dark.group(2)) - QUIET_ZONE);
        }

        assertEquals(URI.exposeUri(), new Decoder().decode(modules).getText());
    }

    @Test
    void drawsTheUriAsText() throws Exception {
        String[] lines = OtpauthQr.exposeText(URI).split("\n", 0);
        int size = lines[0].length() - 2 * QUIET_ZONE;
        BitMatrix modules = new BitMatrix(size);
        for (int y = 0; y < size; y++) {
            String line = lines[(y + QUIET_ZONE) / 2];
            for (int x = 0; x < size; x++) {
                char lightHalf = y % 2 == 0 ? '▀' : '▄';
                char block = line.charAt(x + QUIET_ZONE);
                if (block != '█' && block != lightHalf) {
                    modules.set(x, y);
                }
            }
        }

        assertEquals(URI.exposeUri(), new Decoder().decode(modules).getText());
        assertEquals("█".repeat(size + 2 * QUIET_ZONE), lines[0], "the quiet zone must be light");
        assertEquals((size + 2 * QUIET_ZONE + 1) / 2, lines.length);
    }

    @Test
    void reportsNamesThatAreTooLong() {
        OtpauthUri uri = new OtpauthUri.ForTotp(
                "組".repeat(OtpauthUri.MAX_NAME_LENGTH), "taro", RfcSecrets.of(HmacAlgorithm.SHA1), TotpProfile.BANK);

        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> OtpauthQr.exposeSvg(uri));

        assertEquals(
                "An otpauth URI of " + uri.exposeUri().length()
                        + " characters is too long for a QR code; shorten its names",
                thrown.getMessage());
    }

    @Test
    void namesTheMissingDependency() throws Exception {
        URL[] withoutIt = {placeOf(OtpauthQr.class), placeOf(Base32.class)};
        try (URLClassLoader loader = new URLClassLoader(withoutIt, null)) {
            Class<?> uriClass = loader.loadClass(OtpauthUri.class.getName());
            Object uri = uriClass.getMethod("parse", String.class).invoke(null, URI.exposeUri());
            var exposeSvg = loader.loadClass(OtpauthQr.class.getName()).getMethod("exposeSvg", uriClass);

            InvocationTargetException thrown =
                    assertThrows(InvocationTargetException.class, () -> exposeSvg.invoke(null, uri));

            Throwable cause = assertInstanceOf(IllegalStateException.class, thrown.getCause());
            assertEquals(
                    "QR codes require the optional dependency com.google.zxing:core; add it to your build",
                    cause.getMessage());
        }
    }

    private static URL placeOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
