package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the reading statements of a store. */
final class CountingReads {
    private static final Set<String> READING = Set.of("find", "history", "isTaken", "page");

    private final AtomicLong count = new AtomicLong();
    private final TokenStore store;

    CountingReads(TokenStore counted) {
        store = view(TokenStore.class, counted);
    }

    /** {@return the store whose reads are counted} */
    TokenStore store() {
        return store;
    }

    /** {@return the number of reading statements so far} */
    long count() {
        return count.get();
    }

    private <T> T view(Class<T> type, T counted) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (READING.contains(method.getName())) {
                count.incrementAndGet();
            }
            Object result = method.invoke(counted, arguments);
            return result instanceof Attempt attempt ? view(Attempt.class, attempt) : result;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
