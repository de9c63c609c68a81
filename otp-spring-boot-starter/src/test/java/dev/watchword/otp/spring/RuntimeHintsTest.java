package dev.watchword.otp.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.lifecycle.Institution;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** A native image contains every resource of the libraries. */
class RuntimeHintsTest {
    static Stream<String> resources() throws IOException, URISyntaxException {
        return Stream.concat(in(JdbcSchema.class), in(Institution.class))
                .filter(file -> !file.endsWith(".class") && !file.startsWith("META-INF/maven/"))
                .filter(file -> !file.equals("META-INF/MANIFEST.MF"));
    }

    private static Stream<String> in(Class<?> library) throws IOException, URISyntaxException {
        URI location =
                library.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path path = Path.of(location);
        if (Files.isDirectory(path)) {
            return files(path).stream();
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + location), Map.of())) {
            return files(jar.getPath("/")).stream();
        }
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("resources")
    void containsEveryResource(String resource) {
        RuntimeHints hints = new RuntimeHints();
        new WatchwordRuntimeHints().registerHints(hints, null);
        boolean isBundle = resource.endsWith(".properties");
        assertThat(
                        isBundle
                                ? RuntimeHintsPredicates.resource()
                                        .forBundle(resource.replace('/', '.').replaceFirst("(_ja)?\\.properties$", ""))
                                : RuntimeHintsPredicates.resource().forResource(resource))
                .accepts(hints);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.jcp.xml.dsig.internal.dom.DOMXMLSignatureFactory",
                "org.jcp.xml.dsig.internal.dom.DOMExcC14NMethod",
                "org.jcp.xml.dsig.internal.dom.DOMEnvelopedTransform"
            })
    void containsTheClassesOfXmlSignatures(String type) {
        RuntimeHints hints = new RuntimeHints();
        new WatchwordRuntimeHints().registerHints(hints, null);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(TypeReference.of(type))
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                .accepts(hints);
    }

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

        assertThat(RuntimeHintsPredicates.resource()
                        .forResource("META-INF/watchword/schema/postgresql/R__watchword_001_tokens.sql"))
                .accepts(generation.getRuntimeHints());
        application.close();
    }
}
