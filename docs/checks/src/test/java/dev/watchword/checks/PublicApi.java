package dev.watchword.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The types and members that a library shows to other modules. */
final class PublicApi {
    private PublicApi() {}

    /** Returns the visible types of a package, nested ones included, sorted by name. */
    static List<Class<?>> types(Library library, String packageName) {
        try (Stream<Path> files = Files.list(library.folder().resolve(packageName.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .<Class<?>>map(
                            name -> load(packageName + "." + name.substring(0, name.length() - ".class".length())))
                    .filter(PublicApi::isVisible)
                    .sorted(Comparator.comparing(Class::getName))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the public and protected members of a type, and those that it inherits from a hidden type. */
    static Stream<Member> members(Class<?> type) {
        List<Member> declared = Stream.of(
                        type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .<Member>flatMap(Stream::of)
                .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic())
                .toList();
        Stream<Member> inherited = Stream.concat(
                        Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                .filter(parent -> parent.getName().startsWith("dev.watchword.") && !isVisible(parent))
                .flatMap(PublicApi::members)
                .filter(member -> !(member instanceof Constructor<?>))
                .filter(member -> declared.stream().noneMatch(other -> overrides(other, member)));
        return Stream.concat(declared.stream(), inherited);
    }

    private static boolean overrides(Member member, Member inherited) {
        return member.getName().equals(inherited.getName())
                && member instanceof Method method
                && inherited instanceof Method other
                && Arrays.equals(method.getParameterTypes(), other.getParameterTypes());
    }

    private static boolean isVisible(Class<?> type) {
        return isVisible(type.getModifiers())
                && !type.isAnonymousClass()
                && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static Class<?> load(String name) {
        try {
            return Objects.requireNonNull(Class.forName(name, false, PublicApi.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
