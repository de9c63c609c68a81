package dev.watchword.otp.spring.security;

import dev.watchword.otp.lifecycle.model.Purpose;
import java.util.Locale;
import org.springframework.security.core.GrantedAuthority;

/** The authorities that an accepted code grants. */
public final class WatchwordFactor {
    /** The authority of a user who entered a code at login. */
    public static final String AUTHORITY = "FACTOR_WATCHWORD";

    /**
     * The authority that a denial names as missing if the property {@code watchword.security.require-token} is set and the user has no
     * active token. No user has it: a user with a token needs {@link #AUTHORITY}.
     */
    public static final String TOKEN = "WATCHWORD_TOKEN";

    private WatchwordFactor() {}

    /**
     * Returns the authority of a user who entered a code for a purpose.
     *
     * @param purpose the purpose
     * @return {@link #AUTHORITY} for {@link Purpose#LOGIN}, and otherwise a longer name, such as
     *     {@code FACTOR_WATCHWORD_FUNDS_TRANSFER}
     */
    public static String authority(Purpose purpose) {
        return purpose.equals(Purpose.LOGIN)
                ? AUTHORITY
                : AUTHORITY + "_" + purpose.value().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    static boolean isIn(Iterable<? extends GrantedAuthority> authorities) {
        for (GrantedAuthority authority : authorities) {
            if (AUTHORITY.equals(authority.getAuthority())) {
                return true;
            }
        }
        return false;
    }
}
