package dev.watchword.otp.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * The proxies of this starter, for native images. The metadata of the other jars, in {@code META-INF/native-image}, names what they load
 * themselves.
 */
final class WatchwordRuntimeHints implements RuntimeHintsRegistrar {
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        for (Class<?> part : GuardedTokenStore.PARTS) {
            hints.proxies().registerJdkProxy(part);
        }
    }
}
