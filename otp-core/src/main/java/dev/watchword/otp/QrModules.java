package dev.watchword.otp;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/** The modules of a QR code. The one class that knows the optional library, so that the others load without it. */
final class QrModules {
    private final ByteMatrix matrix;

    private QrModules(ByteMatrix matrix) {
        this.matrix = matrix;
    }

    static QrModules of(String text) {
        try {
            return new QrModules(Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix());
        } catch (WriterException e) {
            throw new IllegalArgumentException(
                    "An otpauth URI of " + text.length() + " characters is too long for a QR code; shorten its names");
        }
    }

    /** The number of modules on each side. */
    int size() {
        return matrix.getWidth();
    }

    /** Tells of any place, inside or around the code. */
    boolean isDark(int x, int y) {
        return x >= 0 && x < size() && y >= 0 && y < size() && matrix.get(x, y) == 1;
    }
}
