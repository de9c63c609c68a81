package dev.watchword.checks;

import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A library module whose users depend on its API, as the build compiled it. */
enum Library {
    CORE("otp-core"),
    LIFECYCLE("otp-lifecycle"),
    JDBC("otp-jdbc"),
    SPRING("otp-spring-boot-starter");

    private static final Map<Library, JavaClasses> IMPORTED = new ConcurrentHashMap<>();

    private final String artifact;

    Library(String artifact) {
        this.artifact = artifact;
    }

    String artifact() {
        return artifact;
    }

    /** Returns the folder of the compiled classes. */
    Path folder() {
        return Project.ROOT.resolve(artifact).resolve("target/classes");
    }

    JavaClasses classes() {
        return IMPORTED.computeIfAbsent(this, library -> new ClassFileImporter().importPath(library.folder()));
    }

    /** Returns the classes of all libraries but the starter, which passes the clock and the randomness of the application to them. */
    static JavaClasses allClasses() {
        return new ClassFileImporter()
                .importPaths(
                        Stream.of(CORE, LIFECYCLE, JDBC).map(Library::folder).toArray(Path[]::new));
    }

    /** Returns the descriptor, or that of an automatic module, which exports every package with a visible type. */
    ModuleDescriptor descriptor() {
        if (!Files.exists(folder().resolve("module-info.class"))) {
            return ModuleDescriptor.newAutomaticModule("dev.watchword.otp.spring")
                    .packages(classes().stream()
                            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                            .map(JavaClass::getPackageName)
                            .collect(toSet()))
                    .build();
        }
        try (InputStream descriptor = Files.newInputStream(folder().resolve("module-info.class"))) {
            return ModuleDescriptor.read(descriptor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the names of the packages that every other module can read. */
    Stream<String> exportedPackages() {
        if (descriptor().isAutomatic()) {
            return descriptor().packages().stream().sorted();
        }
        return descriptor().exports().stream()
                .filter(exported -> !exported.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .sorted();
    }
}
