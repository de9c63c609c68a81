package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.watchword.otp.app.DevicePublicKeyFuzz;
import dev.watchword.otp.app.SealedAnswerFuzz;
import dev.watchword.otp.app.SealedRequestFuzz;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays the named inputs and the packed seeds of every fuzz target. */
class FuzzCorpusTest {
    private static final Path FUZZ = Path.of("src", "test", "fuzz");

    @TestFactory
    Stream<DynamicTest> uris() throws IOException {
        return replay(OtpauthUriFuzz.class, OtpauthUriFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> migrations() throws IOException {
        return replay(OtpauthMigrationFuzz.class, OtpauthMigrationFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> secrets() throws IOException {
        return replay(SecretTextFuzz.class, SecretTextFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> suites() throws IOException {
        return replay(OcraSuiteFuzz.class, OcraSuiteFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> deviceKeys() throws IOException {
        return replay(DevicePublicKeyFuzz.class, DevicePublicKeyFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> answers() throws IOException {
        return replay(SealedAnswerFuzz.class, SealedAnswerFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> requests() throws IOException {
        return replay(SealedRequestFuzz.class, SealedRequestFuzz::fuzzerTestOneInput);
    }

    private static Stream<DynamicTest> replay(Class<?> target, Consumer<byte[]> reader) throws IOException {
        Map<String, byte[]> inputs = new TreeMap<>();
        try (FileSystem seeds = FileSystems.newFileSystem(FUZZ.resolve(target.getName() + ".zip"))) {
            readAll(seeds.getPath("/"), inputs);
        }
        assertFalse(inputs.isEmpty(), "the archive has no seeds");
        Set<String> named = readAll(FUZZ.resolve(target.getName()), inputs);
        String reasons = Files.readString(FUZZ.resolve("README.md"));
        assertEquals(
                List.of(),
                named.stream()
                        .filter(name -> !reasons.contains("`" + name + "`"))
                        .toList(),
                "named inputs without a reason in README.md");
        return inputs.entrySet().stream()
                .map(input -> dynamicTest(input.getKey(), () -> reader.accept(input.getValue())));
    }

    private static Set<String> readAll(Path folder, Map<String, byte[]> inputs) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                names.add(name);
                inputs.put(name, Files.readAllBytes(file));
            }
        }
        return names;
    }
}
