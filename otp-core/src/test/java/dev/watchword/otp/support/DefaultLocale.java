package dev.watchword.otp.support;

import java.util.Locale;

/** The default locale of the JVM, changed for the time of a check. */
public final class DefaultLocale {
    private DefaultLocale() {}

    /** Runs a check in a default locale, given by its BCP 47 tag, and restores the previous locale. */
    public static void during(String tag, Runnable check) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            check.run();
        } finally {
            Locale.setDefault(before);
        }
    }
}
