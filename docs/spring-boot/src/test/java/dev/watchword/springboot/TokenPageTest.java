package dev.watchword.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.watchword.otp.spring.test.AutoConfigureWatchword;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The bank lets no user in without a token. It runs on the database of {@link BankTest}. */
@SpringBootTest(properties = {"watchword.security.require-token=true", "watchword.security.token-page=/token"})
@AutoConfigureMockMvc
@AutoConfigureWatchword(inMemory = false)
class TokenPageTest {
    @Autowired
    MockMvc web;

    private MockHttpServletResponse page(String path, String user) throws Exception {
        return web.perform(get(path).with(user(user))).andReturn().getResponse();
    }

    @Test
    void aUserWithoutATokenGetsOneAtTheTokenPage() throws Exception {
        assertThat(page("/", "shiro").getRedirectedUrl()).isEqualTo("/token");
        MockHttpServletResponse token = page("/token", "shiro");
        assertThat(token.getStatus()).isEqualTo(200);
        assertThat(token.getContentAsString()).contains("name=\"_csrf\"").doesNotContain("%1$s");
    }
}
