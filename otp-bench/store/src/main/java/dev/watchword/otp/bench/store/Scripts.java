package dev.watchword.otp.bench.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The SQL scripts of the floor and of the test data, which are files beside this class. */
final class Scripts {
    private Scripts() {}

    /** Returns a statement on one line, without its layout. */
    static String onOneLine(String sql) {
        return sql.strip().replaceAll("\\s+", " ");
    }

    static List<String> statements(String name) {
        return Arrays.stream(read(name).split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    /** Returns a script that is one statement, which can contain semicolons. */
    static String statement(String name) {
        return read(name).strip();
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(Scripts.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
