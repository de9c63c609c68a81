package dev.watchword.demo.security;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/**
 * The users of the two logins. A user has the name that the database stores, not the one that was typed: the library compares holders
 * exactly, and a database may not.
 */
@Component
class People {
    private final JdbcClient database;

    People(JdbcClient database) {
        this.database = database;
    }

    UserDetailsService customers() {
        return typed -> find("SELECT login_id AS name, password FROM customer WHERE login_id = ?", typed, "CUSTOMER");
    }

    UserDetailsService operators() {
        return typed -> find("SELECT name, password FROM operator WHERE name = ?", typed, "OPERATOR");
    }

    private UserDetails find(String sql, String typed, String role) {
        return database.sql(sql)
                .param(typed)
                .query((row, number) -> User.withUsername(row.getString("name"))
                        .password(row.getString("password"))
                        .roles(role)
                        .build())
                .optional()
                .orElseThrow(() -> UsernameNotFoundException.fromUsername(typed));
    }
}
