package dev.watchword.otp.spring;

import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/** Applications of the tests. */
final class Applications {
    private Applications() {}

    private static String key(int first) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) first);
        return Base64.getEncoder().encodeToString(bytes);
    }

    static String keys(int first) {
        return "seal k " + key(first) + "\nhistory k " + key(first + 1);
    }

    /** An application with a database in memory, the starter and nothing else. */
    static ApplicationContextRunner bare() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        WatchwordFlywayAutoConfiguration.class,
                        WatchwordLiquibaseAutoConfiguration.class,
                        WatchwordJdbcAutoConfiguration.class,
                        WatchwordAutoConfiguration.class))
                .withPropertyValues("spring.datasource.url=" + url());
    }

    /** An application with the four properties. */
    static ApplicationContextRunner bank() {
        return bare().withPropertyValues(fourProperties());
    }

    static String url() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }

    static String[] fourProperties() {
        return new String[] {
            "watchword.service-id=10112235",
            "watchword.name=The bank",
            "watchword.policy.preset=bank",
            "watchword.keys.text=" + keys(1)
        };
    }
}
