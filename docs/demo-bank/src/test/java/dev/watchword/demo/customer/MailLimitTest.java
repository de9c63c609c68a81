package dev.watchword.demo.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.jdbc.servers.LocalServers;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.testing.FakeClock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The limit of the mail codes on PostgreSQL, where two transactions write at the same time. */
class MailLimitTest {
    private static final int AT_ONCE = 40;

    private final FakeClock clock = FakeClock.at("2026-11-30T00:00:00Z");

    @Test
    void requestsAtTheSameTimeDoNotPassTheLimit() throws Exception {
        int port = LocalServers.postgresql(Map.of());
        DriverManagerDataSource database =
                new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
        new ResourceDatabasePopulator(
                        migration("V1__bank.sql"), migration("V2__shipment.sql"), migration("V4__mail_codes.sql"))
                .execute(database);
        JdbcClient client = JdbcClient.create(database);
        client.sql(
                        "INSERT INTO customer (login_id, password, name, address, transfer_limit) VALUES ('taro', '', '', '', 0)")
                .update();
        MailLimit limit = new MailLimit(client, clock);
        assertThat(allowed(limit)).isEqualTo(5);
        assertThat(allowed(limit)).isZero();
        clock.advance(Duration.ofMinutes(10));
        assertThat(allowed(limit)).isEqualTo(5);
    }

    private static ClassPathResource migration(String name) {
        return new ClassPathResource("db/migration/" + name);
    }

    private static long allowed(MailLimit limit) {
        return IntStream.range(0, AT_ONCE)
                .parallel()
                .filter(request -> limit.allow(new Holder("taro")))
                .count();
    }
}
