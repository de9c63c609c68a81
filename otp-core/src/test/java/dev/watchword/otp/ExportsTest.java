package dev.watchword.otp;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests the exports, the requirements and the public types of this module. */
class ExportsTest {
    private static final Path CLASSES = Path.of("target", "classes");

    @Test
    void exportsThreePackagesOnly() throws IOException {
        ModuleDescriptor module = module();

        assertEquals(
                Set.of("dev.watchword.otp", "dev.watchword.otp.app", "dev.watchword.otp.testing"),
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

    /** Each public type is a commitment to its callers, so this test lists all of them. */
    @Test
    void hasTheListedPublicTypesOnly() throws IOException {
        assertEquals(
                Set.of(
                        "HmacAlgorithm",
                        "Hotp",
                        "HotpProfile",
                        "OtpProfile",
                        "OtpSecret",
                        "OtpauthQr",
                        "OtpauthUri",
                        "OtpauthUri$ForHotp",
                        "OtpauthUri$ForTotp",
                        "Totp",
                        "TotpProfile",
                        "TotpWindow",
                        "Verification",
                        "Verification$Malformed",
                        "Verification$Matched",
                        "Verification$Replayed",
                        "Verification$Wrong"),
                publicTypes("dev.watchword.otp"));
        assertEquals(
                Set.of(
                        "DeviceKey",
                        "DeviceKeyType",
                        "DevicePublicKey",
                        "Pkcs12KeyStore",
                        "PlatformKeyStore",
                        "SealedAnswer",
                        "SoftwareToken",
                        "TokenContents",
                        "TokenVault",
                        "VaultException"),
                publicTypes("dev.watchword.otp.app"));
        assertEquals(Set.of("FakeAuthenticator", "FakeClock"), publicTypes("dev.watchword.otp.testing"));
    }

    private static Set<String> publicTypes(String packageName) throws IOException {
        try (var files = Files.list(CLASSES.resolve(packageName.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(name -> isPublic(packageName + "." + name))
                    .collect(toSet());
        }
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(Class.forName(name).getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static ModuleDescriptor module() throws IOException {
        try (InputStream descriptor = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
            return ModuleDescriptor.read(descriptor);
        }
    }
}
