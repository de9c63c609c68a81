package dev.watchword.otp.spring.test;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The beans that replace the clock, the store, the keys and the policy in tests. */
@AutoConfiguration(
        beforeName = {
            "dev.watchword.otp.spring.WatchwordJdbcAutoConfiguration",
            "dev.watchword.otp.spring.WatchwordAutoConfiguration"
        })
final class WatchwordTestAutoConfiguration {
    private static final int KEY_BYTES = 32;

    @Bean
    @Primary
    @ConditionalOnMissingBean
    FakeClock watchwordFakeClock() {
        return FakeClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    @Bean
    @ConditionalOnMissingBean
    ServiceId watchwordTestServiceId(Environment environment) {
        String serviceId = environment.getProperty("watchword.service-id");
        return serviceId == null ? TestInstitution.SERVICE_ID : new ServiceId(serviceId);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "watchword.test.in-memory", matchIfMissing = true)
    TokenStore watchwordInMemoryStore() {
        return new InMemoryTokenStore();
    }

    @Bean
    @ConditionalOnMissingBean
    KeySource watchwordTestKeys() {
        return KeySource.of("test", key("AES"), key("HmacSHA256"));
    }

    /** Fixed keys let several contexts, and the next run of the tests, use one database. */
    private static SecretKeySpec key(String algorithm) {
        byte[] bytes = new byte[KEY_BYTES];
        Arrays.fill(bytes, (byte) algorithm.length());
        return new SecretKeySpec(bytes, algorithm);
    }

    @Bean
    @ConditionalOnMissingBean
    @Conditional(NoPreset.class)
    TokenPolicy watchwordTestPolicy() {
        return TestInstitution.POLICY;
    }

    /** Makes the password hashes of the application's policy cheap. */
    @Bean
    static BeanPostProcessor watchwordCheapHashes() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof TokenPolicy policy ? policy.withHashing(TestInstitution.FAST_HASHING) : bean;
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean
    FakePhones watchwordFakePhones(TokenService tokens, TokenPolicy policy, FakeClock clock) {
        return new FakePhones(tokens, policy, clock);
    }

    /** Matches if the application has no policy of its properties. */
    static final class NoPreset implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return context.getEnvironment().getProperty("watchword.policy.preset") == null;
        }
    }
}
