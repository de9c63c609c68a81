package dev.watchword.demo.visit;

import java.util.Locale;
import org.springframework.context.support.ResourceBundleMessageSource;

/** The texts of the pages in one language. A missing text is an error. */
public final class Texts {
    private final ResourceBundleMessageSource source = new ResourceBundleMessageSource();
    private final Locale language;

    /**
     * Reads the texts.
     *
     * @param language the language
     */
    public Texts(Locale language) {
        this.language = language;
        source.setBasenames(
                "messages/common", "messages/customer", "messages/phone", "messages/desk", "messages/stage");
        source.setDefaultEncoding("UTF-8");
        source.setFallbackToSystemLocale(false);
    }

    /**
     * Returns a text as a page shows it.
     *
     * @param key its key
     * @param values its values
     * @return the text
     */
    public String of(String key, Object... values) {
        return source.getMessage(key, values, language);
    }

    /** {@return the language} */
    public Locale language() {
        return language;
    }
}
