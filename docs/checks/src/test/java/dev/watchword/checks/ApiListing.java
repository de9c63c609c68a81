package dev.watchword.checks;

import static java.util.stream.Collectors.joining;

import java.lang.module.ModuleDescriptor.Requires;
import java.util.stream.Stream;

/** The public API of a library as text: the packages that every module can read, with their types and members. */
final class ApiListing {
    private ApiListing() {}

    static String of(Library library) {
        Stream<String> module = Stream.of("module " + library.descriptor().name());
        Stream<String> requires = library.descriptor().requires().stream()
                .filter(required -> required.modifiers().contains(Requires.Modifier.TRANSITIVE))
                .map(required -> "    requires transitive " + required.name())
                .sorted();
        Stream<String> packages = library.exportedPackages().flatMap(name -> ofPackage(library, name));
        return Stream.of(module, requires, packages).flatMap(lines -> lines).collect(joining("\n", "", "\n"));
    }

    private static Stream<String> ofPackage(Library library, String name) {
        return Stream.concat(
                Stream.of("", "package " + name),
                PublicApi.types(library, name).stream().map(ApiListing::ofType));
    }

    /** Returns an empty line, the declaration of a type, and each of its members on a line. */
    static String ofType(Class<?> type) {
        Stream<String> constants = type.isEnum()
                ? Stream.of(Stream.of(type.getEnumConstants())
                        .map(value -> ((Enum<?>) value).name())
                        .collect(joining(", ")))
                : Stream.empty();
        return Stream.concat(constants, MemberListing.of(type))
                .map(member -> "\n    " + member)
                .collect(joining("", "\n" + TypeDeclaration.of(type), ""));
    }
}
