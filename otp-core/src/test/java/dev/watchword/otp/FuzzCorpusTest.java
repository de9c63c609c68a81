package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays what the fuzzers found worth keeping. */
class FuzzCorpusTest {
    private static final Path FUZZ = Path.of("src", "test", "fuzz");

    @TestFactory
    Stream<DynamicTest> uris() throws IOException {
        return replay(OtpauthUriFuzz.class, OtpauthUriFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> secrets() throws IOException {
        return replay(SecretTextFuzz.class, SecretTextFuzz::fuzzerTestOneInput);
    }

    private static Stream<DynamicTest> replay(Class<?> fuzz, Consumer<byte[]> target) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(FUZZ.resolve(fuzz.getName()))) {
            inputs = files.sorted().toList();
        }
        assertTrue(inputs.size() > 10, "the corpus is there");
        return inputs.stream()
                .map(input ->
                        dynamicTest(input.getFileName().toString(), () -> target.accept(Files.readAllBytes(input))));
    }
}
