package dev.watchword.springboot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.SealedAnswer;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.spring.feed.FeedHandler;
import dev.watchword.otp.spring.test.AutoConfigureWatchword;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A customer of the bank uses every page of the sample. */
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureWatchword(inMemory = false)
class BankTest {
    @Autowired
    MockMvc web;

    @Autowired
    FakeClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Events events;

    private MockHttpSession session = new MockHttpSession();

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(request.session(session).with(csrf())).andReturn().getResponse();
    }

    private void login() throws Exception {
        login("taro");
    }

    private void login(String user) throws Exception {
        session = (MockHttpSession)
                requireNonNull(web.perform(formLogin().user(user).password("pass"))
                        .andReturn()
                        .getRequest()
                        .getSession(false));
    }

    @Test
    void aCustomerIssuesUsesAndRevokesAToken() throws Exception {
        login();
        assertThat(send(get("/")).getContentAsString()).contains("UNREGISTERED");

        String userId = send(post("/token").param("mail", "taro@bank.example").param("password", "4726"))
                .getContentAsString();
        assertThat(requireNonNull(events.next()).type()).isEqualTo(EventType.ISSUED);

        DeviceKey device = DeviceKey.generate(new SecureRandom());
        String answer = send(post("/app/provisioning")
                        .param("userId", userId)
                        .param("password", "4726")
                        .param(
                                "deviceKey",
                                Base64.getUrlEncoder()
                                        .encodeToString(device.publicKey().toBytes())))
                .getContentAsString();
        TokenContents contents = device.open(
                        SealedAnswer.fromBytes(Base64.getUrlDecoder().decode(answer)), "10112235", userId)
                .orElseThrow();
        FakeAuthenticator phone = new FakeAuthenticator(contents.profile(), contents.secret(), clock);
        assertThat(send(post("/token/activation").param("code", phone.code())).getContentAsString())
                .contains("ACTIVE");

        clock.toNextStep(contents.profile());
        login();
        assertThat(send(get("/")).getRedirectedUrl()).isEqualTo("/login/code");
        send(post("/login/code").param("code", phone.code()));
        assertThat(send(get("/")).getContentAsString()).contains("ACTIVE");

        assertThat(send(post("/token/revocation").param("code", phone.code())).getStatus())
                .isEqualTo(422);
        assertThat(limit()).isEqualTo(1_000_000);
        clock.toNextStep(contents.profile());
        assertThat(send(post("/token/revocation").param("code", phone.code())).getStatus())
                .isEqualTo(200);
        assertThat(limit()).isEqualTo(200_000);
    }

    @Test
    void aLostHardwareTokenIsReplacedByAnOperator() throws Exception {
        OtpSecret secret = OtpSecret.random(HmacAlgorithm.SHA1, new SecureRandom());
        FakeAuthenticator display = new FakeAuthenticator(TotpProfile.AUTHENTICATOR_APP, secret, clock);
        login("hanako");
        assertThat(send(post("/operator/stock")
                                .queryParam("batch", "first")
                                .contentType("text/csv")
                                .content("101199980021," + HexFormat.of().formatHex(secret.exposeBytes())))
                        .getStatus())
                .isEqualTo(200);
        login("jiro");
        assertThat(send(post("/operator/shipment").param("holder", "jiro").param("serial", "101199980021"))
                        .getStatus())
                .isEqualTo(403);
        assertThat(send(post("/token/order")).getContentAsString()).contains("ISSUED");
        login("hanako");
        assertThat(send(post("/operator/shipment").param("holder", "jiro").param("serial", "101199980021"))
                        .getStatus())
                .isEqualTo(200);
        login("jiro");
        assertThat(send(post("/token/hardware-activation")
                                .param("serial", "101199980021")
                                .param("code", display.code()))
                        .getContentAsString())
                .contains("ACTIVE");

        login("hanako");
        String userId = send(post("/operator/replacement")
                        .param("holder", "jiro")
                        .param("mail", "jiro@bank.example")
                        .param("password", "4726"))
                .getContentAsString();
        assertThat(userId).hasSize(12);
        login("jiro");
        assertThat(send(get("/")).getRedirectedUrl()).isEqualTo("/login/code");
    }

    @Test
    void theAppIsToldThatItsKeyIsMalformed() throws Exception {
        for (String deviceKey : List.of("?", "AAAA")) {
            MockHttpServletResponse answer = web.perform(post("/app/provisioning")
                            .param("userId", "101122350001")
                            .param("password", "4726")
                            .param("deviceKey", deviceKey))
                    .andReturn()
                    .getResponse();
            assertThat(answer.getStatus()).isEqualTo(400);
        }
        assertThat(web.perform(get("/error")).andReturn().getResponse().getRedirectedUrl())
                .isNull();
    }

    private int limit() {
        return requireNonNull(jdbc.queryForObject("SELECT transfer_limit FROM account", Integer.class));
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Configuration {
        @Bean
        Events events() {
            return new Events();
        }
    }

    /** A second consumer, which the test reads. */
    static final class Events implements FeedHandler {
        private final BlockingQueue<TokenEvent> received = new LinkedBlockingQueue<>();

        @Override
        public String consumer() {
            return "test";
        }

        @Override
        public void handle(Holder holder, TokenEvent event) {
            received.add(event);
        }

        TokenEvent next() throws InterruptedException {
            return requireNonNull(received.poll(20, TimeUnit.SECONDS), "event");
        }
    }
}
