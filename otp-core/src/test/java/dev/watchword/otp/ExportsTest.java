package dev.watchword.otp;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests the exports and the requirements of this module. */
class ExportsTest {
    private static final Path CLASSES = Path.of("target", "classes");

    @Test
    void exportsFourPackagesOnly() throws IOException {
        ModuleDescriptor module = module();

        assertEquals(
                Set.of(
                        "dev.watchword.otp",
                        "dev.watchword.otp.app",
                        "dev.watchword.otp.signing",
                        "dev.watchword.otp.testing"),
                module.exports().stream().map(ModuleDescriptor.Exports::source).collect(toSet()));
        assertTrue(module.exports().stream().noneMatch(ModuleDescriptor.Exports::isQualified));
        assertTrue(module.opens().isEmpty() && module.provides().isEmpty() && !module.isOpen());
    }

    @Test
    void requiresOnlyBouncyCastleAtRunTime() throws IOException {
        assertEquals(
                Set.of("java.base", "org.bouncycastle.provider"),
                module().requires().stream()
                        .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
                        .map(Requires::name)
                        .collect(toSet()));
    }

    private static ModuleDescriptor module() throws IOException {
        try (InputStream descriptor = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
            return ModuleDescriptor.read(descriptor);
        }
    }
}
