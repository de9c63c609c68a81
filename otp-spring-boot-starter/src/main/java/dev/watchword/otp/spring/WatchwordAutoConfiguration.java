package dev.watchword.otp.spring;

import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.Proofs;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import dev.watchword.otp.lifecycle.operations.TokenStock;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeyCheckStore;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.spi.TokenListener;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;

/** The institution and its services, on the token store of the application. */
@AutoConfiguration(after = WatchwordJdbcAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "watchword.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WatchwordProperties.class)
@ImportRuntimeHints(WatchwordRuntimeHints.class)
final class WatchwordAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean({ServiceId.class, Institution.class})
    ServiceId watchwordServiceId(WatchwordProperties properties) {
        return Settings.serviceId(properties);
    }

    @Bean
    @ConditionalOnMissingBean({KeySource.class, Institution.class})
    KeySource watchwordKeySource(WatchwordProperties properties) {
        return Settings.keys(properties.keys());
    }

    @Bean
    @ConditionalOnMissingBean({TokenPolicy.class, Institution.class})
    TokenPolicy watchwordPolicy(WatchwordProperties properties) {
        return Settings.policy(properties.policy());
    }

    @Bean
    @ConditionalOnMissingBean
    Institution watchwordInstitution(
            WatchwordProperties properties,
            ServiceId serviceId,
            ObjectProvider<TokenStore> stores,
            ObjectProvider<StoreDataSource> dataSources,
            KeySource keys,
            TokenPolicy policy,
            ObjectProvider<Clock> clocks,
            ObjectProvider<NumberSource> numbers,
            ObjectProvider<TokenListener> listeners) {
        TokenStore store = stores.getIfAvailable();
        if (store == null) {
            throw new WatchwordConfigurationException(
                    "Watchword has no token store, because the application has no data source.",
                    "Set spring.datasource.url, or declare a TokenStore bean.");
        }
        StoreDataSource dataSource = store instanceof JdbcTokenStore ? dataSources.getIfAvailable() : null;
        TokenStore guarded = dataSource == null || properties.transactions().allowSecondConnection()
                ? store
                : new GuardedTokenStore(store, dataSource);
        Institution.Builder builder =
                Institution.builder(serviceId, guarded, keys).policy(policy);
        String name = properties.name();
        if (name != null) {
            Settings.valid("watchword.name", () -> builder.name(name));
        }
        if (store.capability(KeyCheckStore.class).isEmpty()) {
            builder.withoutKeyCheck();
        }
        clocks.ifUnique(builder::clock);
        numbers.ifUnique(builder::numbers);
        builder.listener(new AllListeners(listeners.orderedStream().toList()));
        return build(builder);
    }

    private static Institution build(Institution.Builder builder) {
        try {
            return builder.build();
        } catch (KeyUnavailableException e) {
            throw new WatchwordConfigurationException(
                    "The keys of Watchword are not those of the database: " + e.getMessage() + ".",
                    "Restore the keys with which the database was used, or use another database.",
                    e);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    TokenService watchwordTokens(Institution institution) {
        return institution.tokens();
    }

    @Bean
    @ConditionalOnMissingBean
    Proofs watchwordProofs(Institution institution) {
        return institution.proofs();
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    TokenStock watchwordStock(Institution institution) {
        return institution.stock();
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    TokenLists watchwordLists(Institution institution) {
        return institution.lists();
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Histories watchwordHistories(Institution institution) {
        return institution.histories();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({JdbcTokenStore.class, StoreDataSource.class})
    static class InTransactions {
        @Bean
        @ConditionalOnMissingBean
        WatchwordTransactions watchwordTransactions(
                Institution institution, JdbcTokenStore store, StoreDataSource dataSource) {
            return new WatchwordTransactions(institution, store, dataSource);
        }
    }
}
