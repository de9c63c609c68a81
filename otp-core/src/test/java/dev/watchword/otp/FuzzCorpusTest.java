package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.watchword.otp.app.DevicePublicKeyFuzz;
import dev.watchword.otp.app.SealedAnswerFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays the inputs that the fuzzers found to be interesting. */
class FuzzCorpusTest {
    private static final Path FUZZ = Path.of("src", "test", "fuzz");

    @TestFactory
    Stream<DynamicTest> replaysTheInputsOfUris() throws IOException {
        return replay(OtpauthUriFuzz.class, OtpauthUriFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> replaysTheInputsOfSecrets() throws IOException {
        return replay(SecretTextFuzz.class, SecretTextFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> replaysTheInputsOfDeviceKeys() throws IOException {
        return replay(DevicePublicKeyFuzz.class, DevicePublicKeyFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> replaysTheInputsOfAnswers() throws IOException {
        return replay(SealedAnswerFuzz.class, SealedAnswerFuzz::fuzzerTestOneInput);
    }

    private static Stream<DynamicTest> replay(Class<?> fuzz, Consumer<byte[]> target) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(FUZZ.resolve(fuzz.getName()))) {
            inputs = files.sorted().toList();
        }
        assertTrue(inputs.size() > 1, "the corpus must have inputs");
        return inputs.stream()
                .map(input ->
                        dynamicTest(input.getFileName().toString(), () -> target.accept(Files.readAllBytes(input))));
    }
}
