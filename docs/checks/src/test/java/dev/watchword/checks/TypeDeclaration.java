package dev.watchword.checks;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;

/** The declaration of a type: modifiers, kind, name, type parameters, record components, super types, permitted subtypes. */
final class TypeDeclaration {
    private TypeDeclaration() {}

    static String of(Class<?> type) {
        return TypeText.annotations(type)
                + modifiers(type)
                + kind(type)
                + TypeText.name(type)
                + TypeText.typeParameters(type)
                + components(type)
                + clause(" extends ", superclass(type))
                + clause(
                        type.isInterface() ? " extends " : " implements ",
                        Stream.of(type.getAnnotatedInterfaces()).map(TypeText::of))
                + clause(" permits ", permitted(type));
    }

    private static String modifiers(Class<?> type) {
        String access = Modifier.isProtected(type.getModifiers()) ? "protected " : "";
        if (type.isEnum() || type.isRecord() || type.isAnnotation()) {
            return access;
        }
        boolean isAbstract = Modifier.isAbstract(type.getModifiers()) && !type.isInterface();
        return access + (isAbstract ? "abstract " : "") + inheritance(type);
    }

    private static String inheritance(Class<?> type) {
        if (type.isSealed()) {
            return "sealed ";
        }
        if (Modifier.isFinal(type.getModifiers())) {
            return "final ";
        }
        Stream<Class<?>> parents =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()));
        return parents.anyMatch(Class::isSealed) ? "non-sealed " : "";
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface ";
        }
        if (type.isEnum()) {
            return "enum ";
        }
        if (type.isRecord()) {
            return "record ";
        }
        return type.isInterface() ? "interface " : "class ";
    }

    private static String components(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type.getRecordComponents())
                        .map(component -> TypeText.of(component.getAnnotatedType()) + " " + component.getName())
                        .collect(joining(", ", "(", ")"))
                : "";
    }

    private static Stream<String> superclass(Class<?> type) {
        AnnotatedType parent = type.getAnnotatedSuperclass();
        return parent == null || type.isEnum() || type.isRecord() || parent.getType() == Object.class
                ? Stream.empty()
                : Stream.of(TypeText.of(parent));
    }

    private static Stream<String> permitted(Class<?> type) {
        return type.isSealed() && !type.isEnum()
                ? Stream.of(type.getPermittedSubclasses()).map(TypeText::name).sorted()
                : Stream.empty();
    }

    private static String clause(String keyword, Stream<String> types) {
        List<String> named = types.toList();
        return named.isEmpty() ? "" : keyword + String.join(", ", named);
    }
}
