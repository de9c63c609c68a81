package dev.watchword.otp.jdbc.faults;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A network of sockets between clients and a server on this machine. It can be cut. */
final class Network implements Closeable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int MOST_MESSAGES = 4;

    final Random random;

    private final ServerSocket listener;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger left = new AtomicInteger();
    private volatile @Nullable Cut cut;

    /**
     * Opens a port that leads to a server.
     *
     * @param target the server's port
     * @param random decides where a message breaks, and how long it is delayed
     */
    Network(int target, Random random) throws IOException {
        this.target = target;
        this.random = random;
        listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "network");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Returns the number of open connections. */
    int connections() {
        return links.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Link link = new Link(this, client, new Socket(InetAddress.getLoopbackAddress(), target));
                links.add(link);
                link.open();
            } catch (IOException ignored) {
                // the client gets a closed connection, as on a real network
            }
        }
    }

    /** Cuts the network for some messages or for some time, and repairs it. */
    void suffer(Cut how) {
        if (how == Cut.RESET_ALL) {
            links.forEach(Link::reset);
            return;
        }
        left.set(1 + random.nextInt(MOST_MESSAGES));
        cut = how;
        if (how == Cut.DROP_ALL) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(3000)));
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (how != Cut.DROP_ALL && left.get() > 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("No message has met " + how);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        cut = null;
        links.forEach(Link::resetIfSilent);
    }

    /** Returns whether a message meets this cut. */
    boolean meets(Cut how) {
        return cut == how && left.getAndUpdate(before -> Math.max(0, before - 1)) > 0;
    }

    boolean dropsAll() {
        return cut == Cut.DROP_ALL;
    }

    void closed(Link link) {
        links.remove(link);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        links.forEach(Link::reset);
    }
}
