package dev.watchword.checks;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The members that the declaration of a type implies, so that a listing omits them. An enum implies its constants,
 * {@code values} and {@code valueOf}. A record implies its accessors, its canonical constructor, {@code equals},
 * {@code hashCode} and {@code toString}.
 */
final class ImpliedMembers {
    private static final Set<String> OF_ENUMS = Set.of("values", "valueOf");

    private static final Set<String> OF_RECORDS = Set.of("equals", "hashCode", "toString");

    private ImpliedMembers() {}

    static boolean contain(Class<?> type, Member member) {
        return (type.isEnum() && isImpliedByEnum(member)) || (type.isRecord() && isImpliedByRecord(type, member));
    }

    private static boolean isImpliedByEnum(Member member) {
        return member instanceof Field field ? field.isEnumConstant() : OF_ENUMS.contains(member.getName());
    }

    private static boolean isImpliedByRecord(Class<?> type, Member member) {
        if (member instanceof Constructor<?> constructor) {
            return Arrays.equals(
                    constructor.getParameterTypes(),
                    components(type).map(RecordComponent::getType).toArray());
        }
        return member instanceof Method method
                && (OF_RECORDS.contains(method.getName())
                        || components(type).anyMatch(component -> method.equals(component.getAccessor())));
    }

    private static Stream<RecordComponent> components(Class<?> type) {
        return Stream.of(type.getRecordComponents());
    }
}
