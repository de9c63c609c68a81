package dev.watchword.demo.stage;

import dev.watchword.demo.hardware.Maker;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Adds the customers, the operator and the stock of the demonstration to an empty database. */
@Component
@Profile("demo")
@Order(Ordered.HIGHEST_PRECEDENCE)
class SampleData implements ApplicationRunner {
    /** A customer with the passwords that the start page shows, and the address to which the bank sends hardware tokens. */
    record Sample(String loginId, String name, String password, String confirmationPassword, String address) {
        String mail() {
            return loginId + "@example.com";
        }
    }

    static final Sample OPERATOR = new Sample("sato", "佐藤", "desk-demo-1", "", "");
    static final List<Sample> CUSTOMERS = List.of(
            new Sample("taro", "青森 太郎", "taro-demo-1", "kakunin1", "青森県青森市本町1-1-1"),
            new Sample("hanako", "弘前 花子", "hanako-demo-1", "kakunin2", "青森県弘前市元寺町2-2-2"),
            new Sample("jiro", "八戸 次郎", "jiro-demo-1", "kakunin3", "青森県八戸市三日町3-3-3"),
            new Sample("yuki", "十和田 雪", "yuki-demo-1", "kakunin4", "青森県十和田市東三番町4-4-4"));
    private static final long LIMIT = 1_000_000;

    private final JdbcClient database;
    private final PasswordEncoder encoder;
    private final TokenService tokens;
    private final Maker maker;

    SampleData(JdbcClient database, PasswordEncoder encoder, TokenService tokens, Maker maker) {
        this.database = database;
        this.encoder = encoder;
        this.tokens = tokens;
        this.maker = maker;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        insert(
                "INSERT INTO operator (name, password) VALUES (?, ?)",
                OPERATOR.loginId,
                encoder.encode(OPERATOR.password));
        CUSTOMERS.forEach(this::add);
        maker.stockTheBank();
    }

    private void add(Sample sample) {
        boolean added = insert(
                "INSERT INTO customer (login_id, password, name, address, mail, transfer_limit) VALUES (?, ?, ?, ?, ?, ?)",
                sample.loginId,
                encoder.encode(sample.password),
                sample.name,
                sample.address,
                sample.mail(),
                LIMIT);
        if (added) {
            tokens.setConfirmationPassword(new Holder(sample.loginId), sample.confirmationPassword)
                    .orElseThrow();
        }
    }

    /** Returns whether the row was added; another instance or an earlier start may have been faster. */
    private boolean insert(String sql, Object... values) {
        return database.sql(sql + " ON CONFLICT DO NOTHING").params(values).update() == 1;
    }
}
