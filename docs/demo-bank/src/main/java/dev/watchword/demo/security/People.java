package dev.watchword.demo.security;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/** The users of the two logins. A name is compared exactly, because the library compares holders exactly. */
@Component
class People {
    private final JdbcClient database;

    People(JdbcClient database) {
        this.database = database;
    }

    UserDetailsService customers() {
        return name -> find("SELECT password FROM customer WHERE login_id = ?", name, "CUSTOMER");
    }

    UserDetailsService operators() {
        return name -> find("SELECT password FROM operator WHERE name = ?", name, "OPERATOR");
    }

    private UserDetails find(String sql, String name, String role) {
        Optional<String> password =
                database.sql(sql).param(name).query(String.class).optional();
        return User.withUsername(name)
                .password(password.orElseThrow(() -> UsernameNotFoundException.fromUsername(name)))
                .roles(role)
                .build();
    }
}
