package dev.watchword.otp.lifecycle.seeds;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decoders that throw an {@link IOException} for malformed bytes. They never insert a replacement character. */
final class StrictText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int MARK_LENGTH = 2;

    private StrictText() {}

    /** Decodes UTF-8 and skips a byte order mark. */
    static Reader utf8(InputStream bytes) throws IOException {
        return of(bytes, StandardCharsets.UTF_8);
    }

    /** Decodes an encoding of Unicode and skips a byte order mark. */
    static Reader of(InputStream bytes, Charset charset) throws IOException {
        PushbackReader text = new PushbackReader(decoded(bytes, charset), 1);
        int first = text.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
        return text;
    }

    /** Decodes UTF-16 if the bytes begin with its byte order mark, otherwise UTF-8. */
    static Reader utf16Or8(InputStream bytes) throws IOException {
        PushbackInputStream start = new PushbackInputStream(bytes, MARK_LENGTH);
        byte[] mark = start.readNBytes(MARK_LENGTH);
        start.unread(mark);
        boolean utf16 = mark.length == MARK_LENGTH && (mark[0] ^ mark[1]) == 1 && (mark[0] & 0xFE) == 0xFE;
        return utf16 ? decoded(start, StandardCharsets.UTF_16) : utf8(start);
    }

    private static Reader decoded(InputStream bytes, Charset charset) {
        return new InputStreamReader(
                bytes,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }
}
