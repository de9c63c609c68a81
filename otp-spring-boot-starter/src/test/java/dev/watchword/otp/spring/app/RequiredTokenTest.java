package dev.watchword.otp.spring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.spring.security.OriginResolver;
import dev.watchword.otp.spring.test.AutoConfigureWatchword;
import dev.watchword.otp.spring.test.FakePhones;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A bank that lets no user in without a token, and records where codes came from. */
@SpringBootTest(properties = {"watchword.security.require-token=true", "watchword.security.token-page=/token"})
@AutoConfigureMockMvc
@AutoConfigureWatchword
@Import(RequiredTokenTest.TokenPage.class)
class RequiredTokenTest {
    /** The pages at which a user gets a token. */
    @RestController
    static class TokenPage {
        @GetMapping("/token")
        String page() {
            return "get a token";
        }

        @GetMapping("/token/activation")
        @PreAuthorize("isAuthenticated()")
        String activation() {
            return "enter the code";
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Configuration {
        @Bean
        OriginResolver origins() {
            return request -> Origin.NONE.source(request.getRemoteAddr());
        }
    }

    @Autowired
    MockMvc web;

    @Autowired
    FakePhones phones;

    @Autowired
    Institution bank;

    private final Holder holder = new Holder(UUID.randomUUID().toString());
    private final MockHttpSession session = new MockHttpSession();

    private MockHttpServletResponse page(String path) throws Exception {
        return web.perform(get(path).session(session).with(user(holder.value())))
                .andReturn()
                .getResponse();
    }

    @Test
    @Tag("R3.3")
    void aUserWithoutATokenIsSentToThePageThatIssuesOne() throws Exception {
        assertThat(page("/").getRedirectedUrl()).isEqualTo("/token");
        assertThat(page("/tokens").getRedirectedUrl()).isEqualTo("/token");
        assertThat(page("/token").getContentAsString()).isEqualTo("get a token");
        assertThat(page("/token/activation").getContentAsString()).isEqualTo("enter the code");
    }

    @Test
    @Tag("R3.3")
    void aPendingTokenIsNotEnough() throws Exception {
        assertThat(phones.issued(holder)).isNotNull();
        assertThat(page("/").getRedirectedUrl()).isEqualTo("/token");
        assertThat(page("/token/activation").getStatus()).isEqualTo(200);
    }

    @Test
    @Tag("R3.3")
    void aUserWithATokenNeedsTheCodeAlsoAtTheTokenPage() throws Exception {
        assertThat(phones.active(holder)).isNotNull();
        assertThat(page("/").getRedirectedUrl()).isEqualTo("/login/code");
        assertThat(page("/token").getRedirectedUrl()).isEqualTo("/login/code");
    }

    @Test
    @Tag("R3.3")
    void aSuspendedHolderIsDeniedEverywhere() throws Exception {
        bank.desk(new Operator("hanako"))
                .suspendHolder(holder, SuspensionReason.FRAUD_SUSPECTED, "called in")
                .orElseThrow();
        assertThat(page("/token").getStatus()).isEqualTo(403);
    }

    @Test
    @Tag("R9.6")
    void theCodeStepRecordsTheOrigin() throws Exception {
        FakePhone phone = phones.active(holder);
        web.perform(post("/login/code")
                .session(session)
                .param("code", phone.wrongCode())
                .with(user(holder.value()))
                .with(csrf())
                .with(request -> {
                    request.setRemoteAddr("192.0.2.7");
                    return request;
                }));
        List<TokenEvent> history = bank.histories().read(holder, 0, 100);
        assertThat(history.get(history.size() - 1).origin().source()).isEqualTo("192.0.2.7");
    }
}
