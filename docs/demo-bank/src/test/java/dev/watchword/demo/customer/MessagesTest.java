package dev.watchword.demo.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Each text of the customer's pages is in both languages. */
class MessagesTest {
    @Test
    void bothLanguagesHaveTheSameTexts() throws IOException {
        Properties english = read("/messages/customer.properties");
        Properties japanese = read("/messages/customer_ja.properties");
        assertThat(english.keySet()).isNotEmpty().isEqualTo(japanese.keySet());
        assertThat(english.values()).noneMatch(text -> text.toString().isBlank());
        assertThat(japanese.values()).noneMatch(text -> text.toString().isBlank());
    }

    private static Properties read(String name) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(MessagesTest.class.getResourceAsStream(name), name), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
