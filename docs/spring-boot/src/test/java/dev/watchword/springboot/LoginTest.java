package dev.watchword.springboot;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.spring.test.AutoConfigureWatchword;
import dev.watchword.otp.spring.test.FakePhones;
import dev.watchword.otp.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;

/** A test of the login, as an application has one. */
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureWatchword(inMemory = false)
class LoginTest {
    @Autowired
    MockMvc web;

    @Autowired
    FakePhones phones;

    @Autowired
    FakeClock clock;

    @Test
    void aFreshCodeCompletesTheLogin() throws Exception {
        FakePhone phone = phones.active(new Holder("saburo"));
        String old = phone.code();
        clock.advance(Duration.ofMinutes(10));
        MockHttpSession session =
                (MockHttpSession) web.perform(formLogin().user("saburo").password("pass"))
                        .andReturn()
                        .getRequest()
                        .getSession();
        enter(session, old);
        web.perform(get("/").session(session)).andExpect(redirectedUrl("/login/code"));
        enter(session, phone.code());
        web.perform(get("/").session(session)).andExpect(status().isOk());
    }

    private void enter(MockHttpSession session, String code) throws Exception {
        web.perform(post("/login/code").session(session).with(csrf()).param("code", code));
    }
}
