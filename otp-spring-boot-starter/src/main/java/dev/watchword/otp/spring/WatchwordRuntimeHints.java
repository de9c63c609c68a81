package dev.watchword.otp.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** The resources that the library loads at run time, for native images. */
final class WatchwordRuntimeHints implements RuntimeHintsRegistrar {
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPattern("META-INF/watchword/schema/*");
        hints.resources().registerPattern("META-INF/watchword/roles/*");
        for (String product : new String[] {"h2", "mariadb", "postgresql", "sqlite"}) {
            hints.resources().registerPattern("META-INF/watchword/schema/" + product + "/*");
        }
        hints.resources().registerResourceBundle("dev.watchword.otp.lifecycle.operations.helpdesk");
    }
}
