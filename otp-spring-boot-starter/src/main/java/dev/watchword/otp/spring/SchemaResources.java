package dev.watchword.otp.spring;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/** The scripts of the schema for one product, or none. They have names, because Flyway finds no scripts in a native image. */
final class SchemaResources implements ResourceProvider {
    /** No script. */
    static final SchemaResources NONE = new SchemaResources(List.of());

    private final List<LoadableResource> scripts;

    private SchemaResources(List<LoadableResource> scripts) {
        this.scripts = scripts;
    }

    static SchemaResources of(String folder, List<String> names, ClassLoader loader) {
        return new SchemaResources(names.stream()
                .<LoadableResource>map(name -> new Script(folder + "/" + name, name, loader))
                .toList());
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return scripts.stream()
                .filter(script -> script.getRelativePath().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return scripts.stream()
                .filter(script -> script.getFilename().startsWith(prefix))
                .filter(script -> Stream.of(suffixes).anyMatch(script.getFilename()::endsWith))
                .toList();
    }

    /** A script in the jar. */
    private static final class Script extends LoadableResource {
        private final String path;
        private final String name;
        private final ClassLoader loader;

        Script(String path, String name, ClassLoader loader) {
            this.path = path;
            this.name = name;
            this.loader = loader;
        }

        @Override
        public Reader read() {
            try {
                return new InputStreamReader(
                        new ClassPathResource(path, loader).getInputStream(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("The script " + name + " in the jar cannot be read; replace the jar", e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return path;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return path;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
