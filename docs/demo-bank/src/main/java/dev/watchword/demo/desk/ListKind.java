package dev.watchword.demo.desk;

import java.util.Locale;
import java.util.stream.Stream;

/** The lists of the desk. */
enum ListKind {
    EXPIRING,
    SUSPENDED,
    SUSPENDED_HOLDERS,
    PENDING,
    UNUSED;

    /** {@return the name in addresses} */
    public String path() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the list with a name in addresses; the first one for another name} */
    static ListKind ofPath(String path) {
        return Stream.of(values())
                .filter(kind -> kind.path().equals(path))
                .findFirst()
                .orElse(EXPIRING);
    }
}
