package dev.watchword.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
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
    JDBC("otp-jdbc");

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

    /** Returns the classes of all libraries. */
    static JavaClasses allClasses() {
        return new ClassFileImporter()
                .importPaths(Stream.of(values()).map(Library::folder).toArray(Path[]::new));
    }

    ModuleDescriptor descriptor() {
        try (InputStream descriptor = Files.newInputStream(folder().resolve("module-info.class"))) {
            return ModuleDescriptor.read(descriptor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the names of the packages that every other module can read. */
    Stream<String> exportedPackages() {
        return descriptor().exports().stream()
                .filter(exported -> !exported.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .sorted();
    }
}
