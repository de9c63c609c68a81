package dev.watchword.otp.lifecycle.internal.operations;

import org.jspecify.annotations.Nullable;

/**
 * One JSON object (RFC 8259) on one line, without a line break inside. The text is ASCII: every other character is escaped, so
 * the bytes are the same in each encoding that contains ASCII. It does not depend on the default locale. For one thread.
 */
final class JsonLine {
    private static final String HEX = "0123456789abcdef";
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7e;

    private final StringBuilder out;
    private boolean empty = true;

    /** Begins an object at the end of a text. */
    JsonLine(StringBuilder out) {
        this.out = out.append('{');
    }

    /** Appends a number. */
    JsonLine number(String name, long value) {
        name(name).append(value);
        return this;
    }

    /** Appends a text. Leaves out a member whose value is {@code null}. */
    JsonLine text(String name, @Nullable String value) {
        if (value != null) {
            quoted(name(name), value);
        }
        return this;
    }

    /** Ends the object and the line. */
    void end() {
        out.append("}\n");
    }

    private StringBuilder name(String name) {
        if (!empty) {
            out.append(',');
        }
        empty = false;
        quoted(out, name);
        return out.append(':');
    }

    private static void quoted(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE) {
                out.append(c);
            } else {
                escaped(out, c);
            }
        }
        out.append('"');
    }

    /** Appends a UTF-16 unit as four hexadecimal digits. A character outside the basic plane has two of them. */
    private static void escaped(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 0xf));
        }
    }
}
