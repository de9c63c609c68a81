package dev.watchword.otp.lifecycle.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Runs tasks in many threads at the same time. */
final class Crowd {
    /** Threads for all crowds, because a test starts thousands of crowds. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(Crowd::daemon);

    private Crowd() {}

    /**
     * Runs the parts of a task at the same time, each in another thread. Returns the results in the order of the parts.
     */
    static <T> List<T> atOnce(int size, IntFunction<T> part) {
        CyclicBarrier start = new CyclicBarrier(size);
        List<Future<T>> parts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int number = i;
            parts.add(THREADS.submit(() -> {
                start.await(1, TimeUnit.MINUTES);
                return part.apply(number);
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : parts) {
            try {
                results.add(each.get(1, TimeUnit.MINUTES));
            } catch (ExecutionException e) {
                throw new AssertionError("A thread failed: " + e.getCause(), e.getCause());
            } catch (TimeoutException e) {
                throw new AssertionError("A thread did not end within a minute", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while the threads were running", e);
            }
        }
        return results;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }
}
