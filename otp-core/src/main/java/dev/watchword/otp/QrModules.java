package dev.watchword.otp;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/** The modules of a QR code. Only this class refers to the optional library, so all other classes load without it. */
final class QrModules {
    private final ByteMatrix matrix;

    private QrModules(ByteMatrix matrix) {
        this.matrix = matrix;
    }

    /** Encodes a text with error correction level M. */
    static QrModules of(String text) {
        try {
            return new QrModules(Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix());
        } catch (WriterException e) {
            throw new IllegalArgumentException(
                    "An otpauth URI of " + text.length() + " characters is too long for a QR code; shorten its names");
        }
    }

    /** Returns the number of modules on each side. */
    int size() {
        return matrix.getWidth();
    }

    /** Returns whether a module is dark. Positions outside the code are light. */
    boolean isDark(int x, int y) {
        return x >= 0 && x < size() && y >= 0 && y < size() && matrix.get(x, y) == 1;
    }
}
