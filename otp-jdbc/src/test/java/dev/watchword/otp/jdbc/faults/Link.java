package dev.watchword.otp.jdbc.faults;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One connection over a {@link Network}: from the client to the network, and from the network to the server. */
final class Link {
    private static final int BUFFER = 1 << 16;
    private static final int SHORTEST_DELAY_MILLIS = 300;
    private static final int LONGEST_DELAY_MILLIS = 4000;

    /** Patterns of the requests that write or commit a change. */
    private static final Set<String> COMMITS = Set.of("COMMIT", "WITH enrolment AS (UPDATE");

    private final Network network;
    private final Socket client;
    private final Socket server;

    /** Whether the link drops all messages from now on. */
    private volatile boolean silent;

    Link(Network network, Socket client, Socket server) {
        this.network = network;
        this.client = client;
        this.server = server;
    }

    void open() throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        start("requests", () -> pump(client, server, true));
        start("answers", () -> pump(server, client, false));
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Forwards the data of one side to the other, until the side closes its stream. */
    private void pump(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[BUFFER];
        try {
            int read = from.getInputStream().read(buffer);
            while (read >= 0) {
                if (!silent) {
                    carry(buffer, read, to, requests);
                }
                read = from.getInputStream().read(buffer);
            }
            if (silent) {
                reset();
            } else {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            reset();
        }
        if (!requests) {
            network.closed(this);
        }
    }

    private void carry(byte[] bytes, int length, Socket to, boolean request) throws IOException {
        boolean commits = request && commits(bytes, length);
        if (network.dropsAll() || network.meets(request ? Cut.DROP_REQUEST : Cut.DROP_ANSWER)) {
            silent = true;
        } else if (network.meets(request ? Cut.TEAR_REQUEST : Cut.TEAR_ANSWER)) {
            to.getOutputStream().write(bytes, 0, network.random.nextInt(length));
            reset();
        } else if (commits && network.meets(Cut.RESET_BEFORE_COMMIT)) {
            reset();
        } else if (commits && network.meets(Cut.RESET_AFTER_COMMIT)) {
            silent = true;
            to.getOutputStream().write(bytes, 0, length);
            reset(client);
        } else {
            if (commits && network.meets(Cut.DELAY_COMMIT)) {
                int millis = SHORTEST_DELAY_MILLIS + network.random.nextInt(LONGEST_DELAY_MILLIS);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            }
            to.getOutputStream().write(bytes, 0, length);
        }
    }

    private static boolean commits(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        return COMMITS.stream().anyMatch(text::contains);
    }

    void resetIfSilent() {
        if (silent) {
            reset();
        }
    }

    void reset() {
        List.of(client, server).forEach(Link::reset);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException ignored) {
            // the socket is closed already
        }
    }
}
