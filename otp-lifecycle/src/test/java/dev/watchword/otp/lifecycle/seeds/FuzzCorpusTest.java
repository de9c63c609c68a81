package dev.watchword.otp.lifecycle.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
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
    Stream<DynamicTest> pskcReaderSurvivesTheCorpus() throws IOException {
        return replay(PskcFuzz.class, PskcFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> csvReadersSurviveTheCorpus() throws IOException {
        return replay(CsvFuzz.class, CsvFuzz::fuzzerTestOneInput);
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

    @CanIgnoreReturnValue
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
