package dev.watchword.otp.lifecycle.internal.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Another library reads every text and number that a line of JSON has. */
@Tag("R9.7")
class JsonLineProperties {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Texts without lone surrogates, with many characters that JSON or a reader of lines treats in a special way. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> special = Arbitraries.of(
                "\"",
                "\\",
                "/",
                "\n",
                "\r",
                "\t",
                "\b",
                "\f",
                "\0",
                "\u001f",
                " ",
                "~",
                "\u007f",
                "\u0080",
                "\u0085",
                "\u00e9",
                "\u2028",
                "\u2029",
                "\u3042",
                "\ud83d\ude00",
                "\ufeff",
                "\uffff");
        return Arbitraries.oneOf(special, Arbitraries.chars().all().map(String::valueOf))
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts)
                        .codePoints()
                        .filter(c -> Character.getType(c) != Character.SURROGATE)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    @Property(seed = "1")
    void readsBackWhatWasWritten(@ForAll("texts") String name, @ForAll("texts") String value, @ForAll long number)
            throws JsonProcessingException {
        StringBuilder out = new StringBuilder("before");
        new JsonLine(out)
                .text("absent", null)
                .number("n", number)
                .text("x" + name, value)
                .end();
        String line = out.substring("before".length());

        JsonNode read = MAPPER.readTree(line);
        assertEquals(2, read.size());
        assertEquals(number, read.get("n").longValue());
        assertEquals(value, read.get("x" + name).textValue());
        assertTrue(line.endsWith("}\n"));
        assertFalse(line.chars().limit(line.length() - 1L).anyMatch(c -> c < ' ' || c > '~'), line);
    }
}
