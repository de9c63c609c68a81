package dev.watchword.otp.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.util.ClassUtils;

/** The starter works without each dependency that an application may lack. */
class OptionalDependenciesTest {
    /** Every auto-configuration that the starter registers. */
    private static Class<?>[] ofTheStarter() throws IOException {
        String resource = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                OptionalDependenciesTest.class
                        .getClassLoader()
                        .resources(resource)
                        .filter(url -> url.toString().contains("otp-spring-boot-starter"))
                        .findFirst()
                        .orElseThrow()
                        .openStream(),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(name -> ClassUtils.resolveClassName(name, null))
                    .toArray(Class<?>[]::new);
        }
    }

    private static final List<String> OPTIONAL = List.of(
            "org.springframework.security",
            "org.springframework.boot.health.contributor",
            "io.micrometer.core",
            "org.flywaydb",
            "liquibase",
            "org.springframework.web",
            "jakarta.servlet");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.security",
                "org.springframework.boot.health.contributor",
                "io.micrometer.core",
                "org.flywaydb",
                "liquibase"
            })
    void aWebApplicationStartsWithout(String packages) throws IOException {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withConfiguration(AutoConfigurations.of(ofTheStarter()))
                .withPropertyValues(Applications.fourProperties())
                .withPropertyValues("spring.datasource.url=" + Applications.url())
                .withClassLoader(new FilteredClassLoader(packages))
                .run(application -> assertThat(application).hasNotFailed().hasSingleBean(Institution.class));
    }

    @Test
    void anApplicationWithoutTheWebStarts() throws IOException {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withConfiguration(AutoConfigurations.of(ofTheStarter()))
                .withPropertyValues(Applications.fourProperties())
                .withPropertyValues("spring.datasource.url=" + Applications.url())
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.web", "jakarta.servlet", "org.springframework.security"))
                .run(application -> assertThat(application).hasNotFailed().hasSingleBean(Institution.class));
    }

    @Test
    void anApplicationWithNothingOptionalStarts() throws IOException {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withConfiguration(AutoConfigurations.of(ofTheStarter()))
                .withPropertyValues(Applications.fourProperties())
                .withPropertyValues("spring.datasource.url=" + Applications.url())
                .withClassLoader(new FilteredClassLoader(OPTIONAL.toArray(String[]::new)))
                .run(application -> assertThat(application).hasNotFailed().hasSingleBean(Institution.class));
    }

    @Test
    void anApplicationWithoutADataSourceStarts() throws IOException {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ofTheStarter()))
                .withPropertyValues(Applications.fourProperties())
                .withBean(InMemoryTokenStore.class, InMemoryTokenStore::new)
                .run(application -> assertThat(application)
                        .hasNotFailed()
                        .hasSingleBean(Institution.class)
                        .doesNotHaveBean(WatchwordTransactions.class));
    }
}
