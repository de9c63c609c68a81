package dev.watchword.checks;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Executable;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.stream.Stream;

/** The text of a type as in a source with imports: generics and type-use annotations, but no package names. */
final class TypeText {
    private TypeText() {}

    static String of(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array) {
            return array(array);
        }
        return annotations(type) + unannotated(type);
    }

    private static String unannotated(AnnotatedType type) {
        if (type instanceof AnnotatedParameterizedType parameterized) {
            Type raw = ((ParameterizedType) type.getType()).getRawType();
            return name((Class<?>) raw) + "<" + list(parameterized.getAnnotatedActualTypeArguments()) + ">";
        }
        if (type instanceof AnnotatedTypeVariable) {
            return type.getType().getTypeName();
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            AnnotatedType[] lower = wildcard.getAnnotatedLowerBounds();
            return lower.length > 0 ? "? super " + list(lower) : "?" + bounds(wildcard.getAnnotatedUpperBounds());
        }
        return name((Class<?>) type.getType());
    }

    /** The dimensions follow the element type, the outermost first: {@code byte @Nullable [][]}. */
    private static String array(AnnotatedArrayType type) {
        StringBuilder dimensions = new StringBuilder();
        AnnotatedType element = type;
        while (element instanceof AnnotatedArrayType array) {
            String annotations = annotations(array);
            dimensions.append(annotations.isEmpty() ? "[]" : " " + annotations + "[]");
            element = array.getAnnotatedGenericComponentType();
        }
        return of(element) + dimensions;
    }

    /** Returns the parameters of a method or constructor; the last one of a variable-arity method ends with dots. */
    static String parameters(Executable executable) {
        String parameters = list(executable.getAnnotatedParameterTypes());
        return executable.isVarArgs() ? parameters.substring(0, parameters.length() - 2) + "..." : parameters;
    }

    static String list(AnnotatedType... types) {
        return Stream.of(types).map(TypeText::of).collect(joining(", "));
    }

    /** Returns the type parameters with their bounds, or nothing. */
    static String typeParameters(GenericDeclaration declaration) {
        TypeVariable<?>[] variables = declaration.getTypeParameters();
        return variables.length == 0
                ? ""
                : Stream.of(variables)
                        .map(variable ->
                                annotations(variable) + variable.getName() + bounds(variable.getAnnotatedBounds()))
                        .collect(joining(", ", "<", ">"));
    }

    private static String bounds(AnnotatedType... bounds) {
        String text = Stream.of(bounds).map(TypeText::of).collect(joining(" & "));
        return text.isEmpty() || text.equals("Object") ? "" : " extends " + text;
    }

    /** Returns the annotations that reflection can see, each followed by a space. */
    static String annotations(AnnotatedElement element) {
        return Stream.of(element.getDeclaredAnnotations())
                .map(annotation -> "@" + name(annotation.annotationType()) + " ")
                .sorted()
                .collect(joining());
    }

    static String name(Class<?> type) {
        String name = type.getCanonicalName();
        return type.isPrimitive() ? name : name.substring(type.getPackageName().length() + 1);
    }
}
