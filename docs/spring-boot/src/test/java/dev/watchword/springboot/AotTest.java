package dev.watchword.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor;

/** The bank is processed ahead of time, as the plugins of Spring Boot do it for a native image. */
class AotTest {
    @Test
    void theBankIsProcessedAheadOfTime(@TempDir Path output) throws IOException {
        AbstractAotProcessor.Settings settings = AbstractAotProcessor.Settings.builder()
                .sourceOutput(output.resolve("sources"))
                .resourceOutput(output.resolve("resources"))
                .classOutput(output.resolve("classes"))
                .groupId("dev.watchword")
                .artifactId("bank")
                .build();

        new SpringApplicationAotProcessor(BankApplication.class, settings, new String[0]).process();

        assertThat(names(output.resolve("sources")))
                .contains(
                        "BankApplication__ApplicationContextInitializer.java",
                        "WatchwordFlywayAutoConfiguration__BeanDefinitions.java",
                        "WatchwordSecurityAutoConfiguration__BeanDefinitions.java");
        assertThat(Files.readString(output.resolve(
                        "resources/META-INF/native-image/dev.watchword/bank/" + "reachability-metadata.json")))
                .contains("dev.watchword.otp.lifecycle.spi.StockStore");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
