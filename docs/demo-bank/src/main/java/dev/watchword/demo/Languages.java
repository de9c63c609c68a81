package dev.watchword.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** The pages are in Japanese or English. The parameter {@code lang} changes the language, and a cookie keeps it. */
@Configuration
class Languages implements WebMvcConfigurer {
    private static final List<Locale> SUPPORTED = List.of(Locale.JAPANESE, Locale.ENGLISH);

    @Bean
    LocaleResolver localeResolver() {
        AcceptHeaderLocaleResolver ofBrowser = new AcceptHeaderLocaleResolver();
        ofBrowser.setSupportedLocales(SUPPORTED);
        ofBrowser.setDefaultLocale(Locale.ENGLISH);
        CookieLocaleResolver kept = new CookieLocaleResolver("language");
        kept.setDefaultLocaleFunction(ofBrowser::resolveLocale);
        kept.setCookieMaxAge(Duration.ofDays(365));
        kept.setCookieSameSite("Lax");
        kept.setCookieHttpOnly(true);
        return kept;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new SupportedLanguages());
    }

    /** Ignores every language but the supported ones. */
    private static final class SupportedLanguages extends LocaleChangeInterceptor {
        SupportedLanguages() {
            setParamName("lang");
            setIgnoreInvalidLocale(true);
        }

        @Override
        protected Locale parseLocaleValue(String value) {
            Locale chosen = Locale.forLanguageTag(value);
            if (!SUPPORTED.contains(chosen)) {
                throw new IllegalArgumentException("lang must be ja or en");
            }
            return chosen;
        }
    }
}
