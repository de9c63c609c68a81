package dev.watchword.checks;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.stream.Stream;

/** The lines of a type's members: fields, then constructors, then methods, each group sorted. */
final class MemberListing {
    private MemberListing() {}

    static Stream<String> of(Class<?> type) {
        return PublicApi.members(type)
                .filter(member -> !ImpliedMembers.contain(type, member))
                .sorted(Comparator.comparingInt(MemberListing::group)
                        .thenComparing(Member::getName)
                        .thenComparing(member -> line(type, member)))
                .map(member -> line(type, member));
    }

    private static int group(Member member) {
        if (member instanceof Field) {
            return 0;
        }
        return member instanceof Constructor<?> ? 1 : 2;
    }

    private static String line(Class<?> type, Member member) {
        String modifiers = deprecation((AnnotatedElement) member) + modifiers(type, member);
        if (member instanceof Field field) {
            return modifiers + TypeText.of(field.getAnnotatedType()) + " " + field.getName() + constant(field);
        }
        Executable executable = (Executable) member;
        String named = member instanceof Method method
                ? TypeText.of(method.getAnnotatedReturnType()) + " " + method.getName()
                : type.getSimpleName();
        return modifiers + typeParameters(executable) + named + "(" + TypeText.parameters(executable) + ")"
                + exceptions(executable);
    }

    private static String deprecation(AnnotatedElement member) {
        return member.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
    }

    private static String modifiers(Class<?> type, Member member) {
        int modifiers = member.getModifiers();
        return (Modifier.isProtected(modifiers) ? "protected " : "")
                + (Modifier.isStatic(modifiers) ? "static " : "")
                + (member instanceof Method method && method.isDefault() ? "default " : "")
                + (Modifier.isAbstract(modifiers) && !type.isInterface() ? "abstract " : "")
                + (Modifier.isFinal(modifiers) && !isFinalAnyway(type, member) ? "final " : "");
    }

    /** A method of a final type is final with or without the modifier. */
    private static boolean isFinalAnyway(Class<?> type, Member member) {
        return member instanceof Method && Modifier.isFinal(type.getModifiers());
    }

    private static String typeParameters(Executable executable) {
        String parameters = TypeText.typeParameters(executable);
        return parameters.isEmpty() ? "" : parameters + " ";
    }

    private static String exceptions(Executable executable) {
        String exceptions = TypeText.list(executable.getAnnotatedExceptionTypes());
        return exceptions.isEmpty() ? "" : " throws " + exceptions;
    }

    /** Returns the value of a constant: compilers copy it into the classes of callers, so it belongs to the API. */
    private static String constant(Field field) {
        int modifiers = field.getModifiers();
        boolean isInlined = field.getType().isPrimitive() || field.getType() == String.class;
        if (!isInlined || !Modifier.isStatic(modifiers) || !Modifier.isPublic(modifiers)) {
            return "";
        }
        try {
            return " = " + field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
