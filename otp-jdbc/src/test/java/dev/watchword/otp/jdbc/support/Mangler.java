package dev.watchword.otp.jdbc.support;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A network before a MariaDB server. It replaces the answer to one request. */
public final class Mangler implements Closeable {
    private static final int HEADER = 4;

    /** A malformed answer. */
    public enum Answer {
        /** The answer begins with its first row, as that of a Galera node to an aborted transaction can. */
        WITHOUT_COLUMNS,
        /** The answer is that to a statement without a result, which was left from an earlier request. */
        WITHOUT_RESULT;

        private byte[] instead(byte[] answer) {
            return switch (this) {
                case WITHOUT_COLUMNS -> renumbered(answer, next(answer, next(answer, 0)));
                case WITHOUT_RESULT -> new byte[] {7, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0};
            };
        }

        /** Returns the place of the packet after the one at a place. */
        private static int next(byte[] answer, int at) {
            return at + HEADER + (answer[at] & 0xff) + ((answer[at + 1] & 0xff) << 8) + ((answer[at + 2] & 0xff) << 16);
        }

        private static byte[] renumbered(byte[] answer, int from) {
            byte[] rest = Arrays.copyOfRange(answer, from, answer.length);
            byte number = 1;
            for (int at = 0; at < rest.length; at = next(rest, at)) {
                rest[at + 3] = number++;
            }
            return rest;
        }
    }

    private record Order(String request, Answer answer) {}

    private final ServerSocket listener;
    private final int server;
    private final AtomicReference<@Nullable Order> order = new AtomicReference<>();

    /** Opens a port that leads to a server. */
    public Mangler(int server) throws IOException {
        this.server = server;
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        run(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Replaces the answer to the next request that contains a text. */
    public void mangle(String request, Answer answer) {
        order.set(new Order(request, answer));
    }

    /** Returns whether no answer is left to replace. */
    public boolean isDone() {
        return order.get() == null;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ignored) {
                // a side has closed its connection
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket target = new Socket(InetAddress.getLoopbackAddress(), server);
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            AtomicReference<@Nullable Answer> next = new AtomicReference<>();
            run(() -> requests(client, target, next));
            run(() -> answers(target, client, next));
        }
    }

    private void requests(Socket client, Socket target, AtomicReference<@Nullable Answer> next) throws IOException {
        try (client;
                target) {
            for (byte[] bytes = read(client); bytes.length > 0; bytes = read(client)) {
                Order now = order.get();
                if (now != null && new String(bytes, StandardCharsets.ISO_8859_1).contains(now.request())) {
                    order.set(null);
                    next.set(now.answer());
                }
                target.getOutputStream().write(bytes);
            }
        }
    }

    private static void answers(Socket target, Socket client, AtomicReference<@Nullable Answer> next)
            throws IOException {
        try (client;
                target) {
            for (byte[] bytes = read(target); bytes.length > 0; bytes = read(target)) {
                Answer instead = next.getAndSet(null);
                client.getOutputStream().write(instead == null ? bytes : instead.instead(bytes));
            }
        }
    }

    /** Reads what has arrived, at least one byte unless the stream has ended. */
    private static byte[] read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int first = in.read();
        if (first >= 0) {
            bytes.write(first);
            bytes.write(in.readNBytes(in.available()));
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
