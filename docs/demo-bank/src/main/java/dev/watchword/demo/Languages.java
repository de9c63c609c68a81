package dev.watchword.demo;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The pages are in Japanese or English. The parameter {@code lang} changes the language, and a cookie keeps it. */
@Configuration
class Languages implements WebMvcConfigurer {
    private static final String PARAMETER = "lang";
    private static final List<Locale> SUPPORTED = List.of(Locale.JAPANESE, Locale.ENGLISH);

    @Bean
    LocaleResolver localeResolver() {
        AcceptHeaderLocaleResolver ofBrowser = new AcceptHeaderLocaleResolver();
        ofBrowser.setSupportedLocales(SUPPORTED);
        ofBrowser.setDefaultLocale(Locale.ENGLISH);
        CookieLocaleResolver kept = new SupportedCookie();
        kept.setRejectInvalidCookies(false);
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

    /** The addresses of a page in both languages, which keep the other parameters of the page. */
    @ControllerAdvice
    static class Links {
        @ModelAttribute("inJapanese")
        String inJapanese(HttpServletRequest request) {
            return in(Locale.JAPANESE, request);
        }

        @ModelAttribute("inEnglish")
        String inEnglish(HttpServletRequest request) {
            return in(Locale.ENGLISH, request);
        }

        private static String in(Locale language, HttpServletRequest request) {
            return "?"
                    + ServletUriComponentsBuilder.fromRequest(request)
                            .replaceQueryParam(PARAMETER, language.toLanguageTag())
                            .build()
                            .getQuery();
        }
    }

    /** Ignores a cookie with another value than the supported languages. */
    private static final class SupportedCookie extends CookieLocaleResolver {
        SupportedCookie() {
            super("language");
        }

        @Override
        protected @Nullable Locale parseLocaleValue(String value) {
            Locale kept = Locale.forLanguageTag(value);
            return SUPPORTED.contains(kept) ? kept : null;
        }
    }

    /** Ignores every language but the supported ones. */
    private static final class SupportedLanguages extends LocaleChangeInterceptor {
        SupportedLanguages() {
            setParamName(PARAMETER);
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
