package dev.watchword.otp.jdbc.faults;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The network between clients and a server on this machine, as a process of sockets that can be cut. */
final class Network implements Closeable {
    private static final int BUFFER = 1 << 16;

    /** How the client's requests look that write or commit a change. */
    private static final Set<String> COMMITS = Set.of("COMMIT", "WITH enrolment AS (UPDATE");

    private final ServerSocket listener;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Cut cut;
    private final AtomicInteger left = new AtomicInteger();
    private final Random random;

    /**
     * Opens a way to a server.
     *
     * @param target the server's port
     * @param random what decides where a message is torn
     */
    Network(int target, Random random) throws IOException {
        this.target = target;
        this.random = random;
        listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        start("network", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Link link = new Link(listener.accept());
                links.add(link);
                link.open();
            } catch (IOException ignored) {
                // the client meets a closed connection, as on a real network
            }
        }
    }

    /** Cuts: from now on what the cut says befalls so many messages. */
    void cut(Cut how, int messages) {
        left.set(messages);
        cut = how;
    }

    /** Is whole again for new connections; what was cut stays so. */
    void mend() {
        cut = null;
        left.set(0);
    }

    /** How many messages the cut has not met yet. */
    int left() {
        return left.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        links.forEach(Link::reset);
    }

    private boolean isMet(Cut how) {
        return cut == how && left.getAndUpdate(before -> Math.max(0, before - 1)) > 0;
    }

    /** One connection of a client, and that to the server. */
    private final class Link {
        private final Socket client;
        private @Nullable Socket server;
        private volatile boolean silent;

        Link(Socket client) {
            this.client = client;
        }

        void open() throws IOException {
            Socket opened = new Socket();
            server = opened;
            opened.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            opened.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            start("to the server", () -> pump(client, opened, true));
            start("to the client", () -> pump(opened, client, false));
        }

        private void pump(Socket from, Socket to, boolean request) {
            byte[] buffer = new byte[BUFFER];
            try {
                for (int read = from.getInputStream().read(buffer);
                        read >= 0;
                        read = from.getInputStream().read(buffer)) {
                    if (!silent) {
                        carry(buffer, read, to, request);
                    }
                }
                if (!silent) {
                    to.shutdownOutput();
                }
            } catch (IOException e) {
                reset();
            }
            if (!request) {
                links.remove(this);
            }
        }

        private void carry(byte[] bytes, int length, Socket to, boolean request) throws IOException {
            boolean commits = request && commits(bytes, length);
            if (commits && isMet(Cut.RESET_BEFORE_COMMIT)) {
                reset();
            } else if (request && isMet(Cut.TEAR_REQUEST)) {
                to.getOutputStream().write(bytes, 0, random.nextInt(length));
                reset();
            } else if (!request && isMet(Cut.TEAR_ANSWER)) {
                to.getOutputStream().write(bytes, 0, random.nextInt(length));
                reset();
            } else if (request && isMet(Cut.DROP_REQUEST)) {
                silent = true;
            } else if (!request && isMet(Cut.DROP_ANSWER)) {
                silent = true;
            } else {
                if (commits && isMet(Cut.DELAY_COMMIT)) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(3500)));
                }
                to.getOutputStream().write(bytes, 0, length);
                if (commits && isMet(Cut.RESET_AFTER_COMMIT)) {
                    closeClient();
                }
            }
        }

        private void closeClient() throws IOException {
            silent = true;
            client.setSoLinger(true, 0);
            client.close();
        }

        void reset() {
            for (Socket socket : new @Nullable Socket[] {client, server}) {
                try {
                    if (socket != null) {
                        socket.setSoLinger(true, 0);
                        socket.close();
                    }
                } catch (IOException ignored) {
                    // it is closed already
                }
            }
        }
    }

    private static boolean commits(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        return COMMITS.stream().anyMatch(text::contains);
    }
}
