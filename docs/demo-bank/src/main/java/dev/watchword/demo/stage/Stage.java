package dev.watchword.demo.stage;

import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * The demonstration. It has sample passwords and a movable clock, so it listens on the loopback address only and does not start
 * otherwise.
 */
@Configuration
@Profile("demo")
class Stage {
    Stage(ServerProperties server) {
        InetAddress address = server.getAddress();
        if (address == null || !address.isLoopbackAddress()) {
            throw new IllegalStateException(
                    "The profile demo has sample passwords, so server.address must be a loopback address");
        }
    }

    /** SQLite creates its file, but not the directory. */
    @Bean
    static BeanFactoryPostProcessor directory(Environment environment) throws IOException {
        Files.createDirectories(Path.of(environment.getRequiredProperty("demo.directory")));
        return beans -> {};
    }

    /** A page of another site cannot reach the bank under a name of its own that leads to the loopback address. */
    @Bean
    StrictHttpFirewall loopbackNames() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHostnames(Set.of("127.0.0.1", "localhost", "[::1]")::contains);
        return firewall;
    }

    @Bean
    StageKeys stageKeys(@Value("${demo.directory}") String directory) throws IOException {
        return StageKeys.in(Path.of(directory));
    }

    @Bean
    KeySource keySource(StageKeys keys) {
        return KeyRing.ofFile(keys.ringFile());
    }

    @Bean
    SecretKey draftKey(StageKeys keys) throws IOException {
        return new SecretKeySpec(keys.draftKey(), "AES");
    }
}
