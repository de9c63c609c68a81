package dev.watchword.otp.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** The starter is processed ahead of time. The metadata of the other jars names what these load themselves. */
class RuntimeHintsTest {
    @Test
    void theContextIsProcessedAheadOfTime() {
        AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext();
        TestPropertyValues.of(Applications.fourProperties())
                .and("spring.datasource.url=" + Applications.url())
                .applyTo(application);
        application.register(
                DataSourceAutoConfiguration.class,
                WatchwordJdbcAutoConfiguration.class,
                WatchwordAutoConfiguration.class);
        DefaultGenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get(RuntimeHintsTest.class)), new InMemoryGeneratedFiles());

        new ApplicationContextAotGenerator().processAheadOfTime(application, generation);
        generation.writeGeneratedContent();

        assertThat(GuardedTokenStore.PARTS)
                .isNotEmpty()
                .allSatisfy(part -> assertThat(RuntimeHintsPredicates.proxies().forInterfaces(part))
                        .accepts(generation.getRuntimeHints()));
        application.close();
    }
}
