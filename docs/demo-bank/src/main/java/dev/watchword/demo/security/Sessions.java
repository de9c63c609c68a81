package dev.watchword.demo.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;

/** The sessions in the database, which all instances share. */
@Configuration
class Sessions {
    /**
     * Two requests of one session can add the same attribute at the same time. By default the second one fails after its work was done.
     * SQLite has the statement of PostgreSQL that replaces the attribute instead.
     */
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> replaceAttributes() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }
}
