package dev.watchword.demo.stage;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The time of the demonstration, which can be moved forward. The database keeps it, so that all instances have the same time: each reads
 * it at the start of a request, and once a second for the work between requests.
 */
@Component
@Profile("demo")
@Order(Ordered.HIGHEST_PRECEDENCE)
public class StageTime extends OncePerRequestFilter {
    private final JdbcClient database;
    private final StageClock clock;

    StageTime(JdbcClient database, StageClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** {@return the clock} */
    public Clock clock() {
        return clock;
    }

    /**
     * Moves the time forward.
     *
     * @param by a duration that is not negative
     */
    public void move(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("by must not be negative: codes of earlier steps may be spent");
        }
        database.sql("UPDATE stage_time SET offset_seconds = offset_seconds + ? WHERE id = 1")
                .param(by.toSeconds())
                .update();
        refresh();
    }

    @Scheduled(fixedDelay = 1000)
    void refresh() {
        clock.ahead(Duration.ofSeconds(database.sql("SELECT offset_seconds FROM stage_time WHERE id = 1")
                .query(Long.class)
                .single()));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        refresh();
        chain.doFilter(request, response);
    }
}
