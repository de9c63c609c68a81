package dev.watchword.otp.lifecycle.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metadata in the jar names everything that the library loads by name, for native images. */
class NativeMetadataTest {
    private static final String METADATA =
            "/META-INF/native-image/dev.watchword/otp-lifecycle/reachability-metadata.json";

    private static Set<String> inMetadata(String kind) throws IOException {
        try (InputStream in = NativeMetadataTest.class.getResourceAsStream(METADATA)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("\"" + kind + "\": \"([^\"]+)\"")
                    .matcher(text)
                    .results()
                    .map(name -> name.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Every resource is a bundle in some language. */
    @Test
    void namesEveryResource() throws IOException {
        Path root = Path.of("src", "main", "resources");
        try (Stream<Path> files = Files.walk(root)) {
            Set<String> bundles = files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file)
                            .toString()
                            .replace(file.getFileSystem().getSeparator(), "."))
                    .filter(name -> !name.startsWith("META-INF.native-image"))
                    .map(name -> name.replaceFirst("(_[a-z]{2})?\\.properties$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertFalse(bundles.isEmpty());
            bundles.removeAll(inMetadata("bundle"));
            assertEquals(Set.of(), bundles);
        }
    }

    /** The JDK finds the factories and the transformations of XML signatures by the names of their classes. */
    @Test
    void namesTheClassesOfXmlSignatures() throws IOException {
        List<String> services = Security.getProvider("XMLDSig").getServices().stream()
                .map(Provider.Service::getClassName)
                .toList();
        assertFalse(services.isEmpty());
        assertEquals(new TreeSet<>(services), inMetadata("type"));
    }
}
