package dev.watchword.demo.customer;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem with a form that was sent.
 *
 * @param field the ID of the field; {@code null} if the problem is about no field
 * @param key the key of the message
 * @param arguments the arguments of the message
 */
record Problem(@Nullable String field, String key, List<String> arguments) implements Serializable {
    private static final String PREFIX = "otp.problem.";

    /** Returns a problem about no field. */
    static Problem of(String name, String... arguments) {
        return new Problem(null, PREFIX + name, List.of(arguments));
    }

    /** Returns a problem about a field. */
    static Problem at(String field, String name, String... arguments) {
        return new Problem(field, PREFIX + name, List.of(arguments));
    }

    /** Returns the problem of a field that was left empty. */
    static Problem missing(String field) {
        return at(field, "missing." + field);
    }
}
