package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.OcraSuite;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes every component of a value and of the values in it, one at a time and without validation, and compares an encoding
 * before and after. It finds the components by reflection.
 */
final class ComponentWalk {
    private final Function<Object, byte[]> encoding;
    private final Set<String> excluded;
    private final Set<String> seen = new TreeSet<>();
    private final Set<String> changed = new TreeSet<>();
    private final List<String> uncovered = new ArrayList<>();
    private byte[] before = {};
    private Object root = this;

    ComponentWalk(Function<Object, byte[]> encoding, String... excluded) {
        this.encoding = encoding;
        this.excluded = Set.of(excluded);
    }

    /** The components that have a value or can have one. */
    Set<String> seen() {
        return seen;
    }

    /** The components that were changed. */
    Set<String> changed() {
        return changed;
    }

    /** The components whose change did not change the encoding. */
    List<String> uncovered() {
        return uncovered;
    }

    void run(Object value) {
        root = value;
        before = encoding.apply(value);
        walk(value, replacement -> root = replacement);
    }

    private void walk(Object value, Consumer<Object> replace) {
        if (value instanceof Record record) {
            walkRecord(record, replace);
        } else {
            walkClass(value);
        }
    }

    private void walkClass(Object value) {
        for (Field field : value.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                String name = value.getClass().getSimpleName() + "." + field.getName();
                component(name, field.getType(), get(field, value), other -> set(field, value, other));
            }
        }
    }

    private void walkRecord(Record record, Consumer<Object> replace) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            int place = i;
            String name = record.getClass().getSimpleName() + "." + components[i].getName();
            @Nullable
            Object[] values = Arrays.stream(components)
                    .map(component -> get(component, record))
                    .toArray();
            component(name, components[i].getType(), values[i], other -> {
                @Nullable Object[] others = values.clone();
                others[place] = other;
                replace.accept(create(record.getClass(), components, others));
            });
        }
    }

    private void component(String name, Class<?> type, @Nullable Object value, Consumer<@Nullable Object> set) {
        if (excluded.contains(name)) {
            return;
        }
        seen.add(name);
        if (value == null || List.of().equals(value)) {
            return;
        }
        Object other = other(value);
        if (other == null) {
            walk(value, replacement -> set.accept(replacement));
        } else {
            change(name, other, set);
        }
        set.accept(value);
        if (value instanceof List<?> elements) {
            for (Object element : elements) {
                walk(element, replacement -> {
                    throw new IllegalStateException("An element of a list must be a class");
                });
            }
        }
        if (!type.isPrimitive()) {
            changeToNull(name, set);
        }
        set.accept(value);
    }

    private void change(String name, Object other, Consumer<@Nullable Object> set) {
        try {
            set.accept(other);
        } catch (IllegalArgumentException invalid) {
            throw new IllegalStateException("No other valid value of " + name, invalid);
        }
        compare(name);
    }

    /** A required component cannot be null, so a failure of the encoding is as good as another encoding. */
    private void changeToNull(String name, Consumer<@Nullable Object> set) {
        try {
            set.accept(null);
            compare(name);
        } catch (IllegalArgumentException | NullPointerException required) {
            changed.add(name);
        }
    }

    private void compare(String name) {
        changed.add(name);
        if (Arrays.equals(before, encoding.apply(root))) {
            uncovered.add(name);
        }
    }

    /** Returns another value of a simple type, or null for a value with components. */
    private static @Nullable Object other(Object value) {
        if (value instanceof Long number) {
            return number + 1;
        }
        if (value instanceof Integer number) {
            return number == 9 ? 8 : number + 1;
        }
        if (value instanceof Boolean truth) {
            return !truth;
        }
        if (value instanceof String text) {
            return other(text);
        }
        if (value instanceof Instant instant) {
            return instant.plusSeconds(1);
        }
        if (value instanceof LocalDate day) {
            return day.plusDays(1);
        }
        if (value instanceof Duration duration) {
            return duration.toSeconds() == 1 ? duration.plusSeconds(1) : duration.minusSeconds(1);
        }
        if (value instanceof byte[] bytes) {
            byte[] others = bytes.clone();
            others[bytes.length - 1] ^= 1;
            return others;
        }
        if (value instanceof OcraSuite suite) {
            return OcraSuite.parse(
                    suite.hasCounter() ? "OCRA-1:HOTP-SHA512-0:C-QN08-T2M" : "OCRA-1:HOTP-SHA512-0:QN08");
        }
        if (value instanceof List<?>) {
            return List.of();
        }
        if (value instanceof Enum<?> constant) {
            return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                    .filter(other -> other != constant)
                    .findFirst()
                    .orElseThrow();
        }
        return null;
    }

    /** Returns a text of the same form: another digit at the end, or another letter. */
    private static String other(String text) {
        char last = text.charAt(text.length() - 1);
        if (Character.isSurrogate(last)) {
            return "other";
        }
        return text.substring(0, text.length() - 1)
                + (last == '1' ? '2' : Character.isDigit(last) ? '1' : 'e' == last ? 'f' : 'e');
    }

    private static @Nullable Object get(Field field, Object from) {
        try {
            return field.get(from);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static void set(Field field, Object in, @Nullable Object value) {
        try {
            field.set(in, value);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static @Nullable Object get(RecordComponent component, Record from) {
        try {
            return component.getAccessor().invoke(from);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The accessor must be callable", e);
        }
    }

    private static Object create(Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
