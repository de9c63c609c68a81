package dev.watchword.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Internal packages are invisible to other modules. */
class InternalPackagesTest {
    private static final String INTERNAL = ".*\\.internal\\b.*";

    @ParameterizedTest
    @EnumSource
    void noModuleExportsAnInternalPackage(Library library) {
        assertEquals(
                List.of(),
                library.exportedPackages()
                        .filter(name -> name.matches(INTERNAL))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void noPublicSignatureShowsAnInternalType(Library library) {
        Stream<Class<?>> types = library.exportedPackages()
                .filter(name -> !name.matches(INTERNAL))
                .flatMap(name -> PublicApi.types(library, name).stream());

        assertEquals(
                List.of(),
                types.flatMap(InternalPackagesTest::signatures)
                        .filter(signature -> signature.matches(INTERNAL))
                        .toList());
    }

    private static Stream<String> signatures(Class<?> type) {
        Stream<Type> parents =
                Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()));
        Stream<Type> permitted = type.isSealed() ? Stream.of(type.getPermittedSubclasses()) : Stream.empty();
        Stream<String> related =
                Stream.concat(parents, permitted).map(other -> type.getName() + ": " + other.getTypeName());
        return Stream.of(
                        Stream.of(type.toGenericString()),
                        related,
                        PublicApi.members(type).map(InternalPackagesTest::signature))
                .flatMap(signatures -> signatures);
    }

    private static String signature(Member member) {
        return member instanceof Field field ? field.toGenericString() : ((Executable) member).toGenericString();
    }
}
