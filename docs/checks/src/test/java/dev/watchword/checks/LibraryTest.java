package dev.watchword.checks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.watchword.otp.Totp;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.TokenService;
import org.junit.jupiter.api.Test;

/** A rule about classes proves nothing if it reads none of them. */
class LibraryTest {
    @Test
    void containsTheClassesOfEachModule() {
        assertTrue(Library.CORE.classes().contain(Totp.class));
        assertTrue(Library.LIFECYCLE.classes().contain(TokenService.class));
        assertTrue(Library.JDBC.classes().contain(JdbcTokenStore.class));
        JavaClasses all = Library.allClasses();
        assertTrue(all.contain(Totp.class));
        assertTrue(all.contain(TokenService.class));
        assertTrue(all.contain(JdbcTokenStore.class));
    }
}
