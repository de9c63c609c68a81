package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.jdbc.faults.Request.Kind;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Records each request of a client before it is sent, and then the answer. The operating system gets each line before
 * the client continues, so the line outlives the process. Safe for use by several threads.
 */
final class Diary implements Closeable {
    static final String ASKED = "asked";
    static final String TOLD = "told";
    static final String PHONE = "phone";
    static final String CODE = "code";
    static final String FED = "fed";
    static final String BROKEN = "broken";
    static final String NOTHING = "-";

    private final AtomicLong ids = new AtomicLong();
    private final FileChannel file;

    Diary(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void write(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        ByteBuffer bytes = ByteBuffer.wrap(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        synchronized (this) {
            try {
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Request ask(Kind kind, Holder holder, @Nullable SerialNumber serial, long step) {
        Request request = new Request(ids.incrementAndGet(), kind, holder, serial, step);
        write(ASKED, request.id(), kind, holder, serial == null ? NOTHING : serial, step);
        return request;
    }

    void told(Request request, Answer answer) {
        SerialNumber serial = answer.serial();
        write(TOLD, request.id(), answer.word(), serial == null ? NOTHING : serial);
    }

    void phone(SerialNumber serial, OtpSecret secret) {
        write(PHONE, serial, HexFormat.of().formatHex(secret.exposeBytes()));
    }

    void emergencyCode(EmergencyCode code) {
        write(CODE, code.number(), code.text());
    }

    void fed(Holder holder, TokenEvent event) {
        write(FED, holder, event.number(), event.type());
    }

    /** Records an error that no client may ever see, with its stack trace. */
    void broken(Throwable why) {
        StringWriter trace = new StringWriter();
        why.printStackTrace(new PrintWriter(trace));
        write(BROKEN, trace.toString().replaceAll("\\s+", " "));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
