package dev.watchword.otp.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.jdbc.servers.LocalServers;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.spring.test.AutoConfigureWatchword;
import dev.watchword.otp.spring.test.FakePhones;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Many logins with one code, through HTTP, on each kind of database. */
class ParallelLoginTest {
    /** On SQLite, which has one writer at a time. */
    @Nested
    class OnSqlite extends Logins {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            registry.add(
                    "spring.datasource.url",
                    () -> "jdbc:sqlite:target/" + UUID.randomUUID() + ".db"
                            + "?journal_mode=WAL&synchronous=FULL&foreign_keys=ON&busy_timeout=10000");
        }
    }

    /** On PostgreSQL. */
    @Nested
    class OnPostgresql extends Logins {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) throws IOException {
            int port = LocalServers.postgresql(Map.of("synchronous_commit", "on", "fsync", "off"));
            registry.add(
                    "spring.datasource.url", () -> "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
        }
    }

    private static final int LOGINS = 100;
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    /** The logins. */
    @SpringBootTest(
            classes = BankApplication.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {"spring.threads.virtual.enabled=true", "spring.datasource.hikari.maximum-pool-size=4"})
    @AutoConfigureWatchword(inMemory = false)
    abstract static class Logins {
        @LocalServerPort
        int port;

        @Autowired
        FakePhones phones;

        /** The server runs requests on virtual threads if the JVM has them. */
        @Test
        void requestsRunOnVirtualThreadsFromJava21On() throws Exception {
            assertThat(new Browser(port)
                            .login(UUID.randomUUID().toString())
                            .get("/thread")
                            .body())
                    .isEqualTo(String.valueOf(Runtime.version().feature() >= 21));
        }

        @Test
        @Tag("R1.2")
        void oneOfManyParallelLoginsWithOneCodeSucceeds() throws Exception {
            String user = UUID.randomUUID().toString();
            FakePhone phone = phones.active(new Holder(user));
            List<Browser> browsers = new ArrayList<>();
            ExecutorService threads = Executors.newFixedThreadPool(20);
            try {
                Callable<Browser> login = () -> new Browser(port).login(user);
                for (Future<Browser> browser : threads.invokeAll(Collections.nCopies(LOGINS, login))) {
                    browsers.add(browser.get());
                }
                String code = phone.code();
                List<Callable<Boolean>> entries = new ArrayList<>();
                browsers.forEach(browser -> entries.add(() -> browser.enter(code)));
                int opened = 0;
                for (Future<Boolean> entered : threads.invokeAll(entries)) {
                    opened += entered.get() ? 1 : 0;
                }
                assertThat(opened).isOne();
            } finally {
                threads.shutdownNow();
            }
            List<Browser> in = new ArrayList<>();
            for (Browser browser : browsers) {
                if (browser.isIn()) {
                    in.add(browser);
                }
            }
            assertThat(in).hasSize(1);
            assertThat(in.get(0).session()).isNotEqualTo(in.get(0).sessionAfterLogin);
        }
    }

    /** One session with the server. */
    private static final class Browser {
        private final CookieManager cookies = new CookieManager();
        private final HttpClient client =
                HttpClient.newBuilder().cookieHandler(cookies).build();
        private final String server;
        private String sessionAfterLogin = "";

        Browser(int port) {
            server = "http://localhost:" + port;
        }

        private HttpResponse<String> get(String path) throws Exception {
            return client.send(
                    HttpRequest.newBuilder(URI.create(server + path)).build(), HttpResponse.BodyHandlers.ofString());
        }

        private HttpResponse<String> post(String page, String form) throws Exception {
            Matcher csrf = CSRF.matcher(get(page).body());
            assertThat(csrf.find()).isTrue();
            String body = form + "&_csrf=" + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8);
            return client.send(
                    HttpRequest.newBuilder(URI.create(server + page))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        Browser login(String user) throws Exception {
            assertThat(post("/login", "username=" + user + "&password=pass").statusCode())
                    .isEqualTo(302);
            sessionAfterLogin = session();
            return this;
        }

        boolean enter(String code) throws Exception {
            HttpResponse<String> answer = post("/login/code", "code=" + code);
            assertThat(answer.statusCode()).isEqualTo(302);
            return !answer.headers().firstValue("Location").orElseThrow().contains("error");
        }

        String session() {
            return cookies.getCookieStore().getCookies().toString();
        }

        boolean isIn() throws Exception {
            return get("/").statusCode() == 200;
        }
    }
}
