package dev.watchword.otp.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The keys of applications in tests. */
class TestKeysTest {
    /** With other keys, the second application on a database would not start. */
    @Test
    void severalApplicationsHaveTheSameKeys() {
        List<KeySource> keys = new ArrayList<>();
        ApplicationContextRunner application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(WatchwordTestAutoConfiguration.class))
                .withBean(
                        TokenService.class,
                        () -> TestInstitution.on(Clock.systemUTC()).tokens());
        application.run(context -> keys.add(context.getBean(KeySource.class)));
        application.run(context -> keys.add(context.getBean(KeySource.class)));

        assertThat(keys.get(0).sealingKey("test"))
                .isPresent()
                .isEqualTo(keys.get(1).sealingKey("test"));
        assertThat(keys.get(0).historyKey("test"))
                .isPresent()
                .isEqualTo(keys.get(1).historyKey("test"));
    }
}
