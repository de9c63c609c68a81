package dev.watchword.otp.lifecycle.support;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads of the kind that starves first. */
public final class Threads {
    private Threads() {}

    /** Creates an executor with a virtual thread for each task, or with platform threads on a JDK before 21. */
    public static ExecutorService virtual() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            return Executors.newCachedThreadPool();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
