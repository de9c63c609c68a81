package dev.watchword.otp.spring.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.spring.security.CodeStep;
import dev.watchword.otp.spring.test.AutoConfigureWatchword;
import dev.watchword.otp.spring.test.FakePhones;
import dev.watchword.otp.testing.FakeClock;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;

/** The code step of a form login. */
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureWatchword
class CodeStepTest {
    @Autowired
    MockMvc web;

    @Autowired
    FakePhones phones;

    @Autowired
    FakeClock clock;

    @Autowired
    Institution bank;

    private final Holder holder = new Holder(UUID.randomUUID().toString());

    private MockHttpSession login() throws Exception {
        MvcResult result = web.perform(formLogin().user(holder.value()).password("pass"))
                .andExpect(status().is3xxRedirection())
                .andReturn();
        return session(result);
    }

    private static MockHttpSession session(MvcResult result) {
        return (MockHttpSession) requireNonNull(result.getRequest().getSession(false));
    }

    private MockHttpServletResponse enter(MockHttpSession session, String code) throws Exception {
        return web.perform(
                        post("/login/code").session(session).param("code", code).with(csrf()))
                .andReturn()
                .getResponse();
    }

    @Test
    @Tag("R3.3")
    void aUserWithoutATokenNeedsNoCode() throws Exception {
        web.perform(get("/").session(login())).andExpect(status().isOk());
    }

    @Test
    @Tag("R3.3")
    void aUserWithATokenIsSentToTheCodeAndThenToThePage() throws Exception {
        FakePhone phone = phones.active(holder);
        MockHttpSession session = login();

        web.perform(get("/").session(session)).andExpect(redirectedUrl("/login/code"));
        assertThat(enter(session, phone.code()).getRedirectedUrl()).startsWith("http://localhost/");

        assertThat(web.perform(get("/").session(session))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("FACTOR_WATCHWORD", "FACTOR_PASSWORD");
    }

    /** The user is on a page of the application when the token becomes active. */
    @Test
    @Tag("R3.3")
    void theApplicationCompletesTheStepAfterAnActivation() throws Exception {
        MockHttpSession session = login();
        web.perform(get("/activated").session(session)).andExpect(status().isOk());
        phones.active(holder);

        web.perform(get("/").session(session)).andExpect(status().isOk());
        web.perform(get("/").session(login())).andExpect(redirectedUrl("/login/code"));
    }

    @Test
    void theStepCannotBeCompletedOutsideAChain() {
        assertThatThrownBy(() -> CodeStep.complete(new MockHttpServletRequest(), new MockHttpServletResponse()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("add watchword()");
    }

    @Test
    @Tag("R1.3")
    void digitsOfFullWidthInGroupsAreACode() throws Exception {
        FakePhone phone = phones.active(holder);
        MockHttpSession session = login();
        String typed = phone.code()
                .chars()
                .mapToObj(digit -> Character.toString(digit - '0' + '\uff10'))
                .collect(Collectors.joining());
        enter(session, typed.substring(0, 4) + "\u3000" + typed.substring(4) + " ");
        web.perform(get("/").session(session)).andExpect(status().isOk());
    }

    @Test
    @Tag("R1.2")
    void aCodeOpensOneSession() throws Exception {
        FakePhone phone = phones.active(holder);
        MockHttpSession first = login();
        MockHttpSession second = login();
        String code = phone.code();

        enter(first, code);
        enter(second, code);

        web.perform(get("/").session(first)).andExpect(status().isOk());
        web.perform(get("/").session(second)).andExpect(redirectedUrl("/login/code"));
    }

    @Test
    @Tag("R2.7")
    void everyRefusalHasTheSameAnswer() throws Exception {
        FakePhone phone = phones.active(holder);
        MockHttpSession session = login();
        String spent = phone.code();
        enter(login(), spent);

        String wrong = answer(enter(session, phone.wrongCode()));
        String replayed = answer(enter(session, spent));
        String malformed = answer(enter(session, "x"));
        bank.desk(new Operator("hanako"))
                .suspend(holder, SuspensionReason.LOST, "lost at the station")
                .orElseThrow();
        String suspended = answer(enter(session, phone.code()));
        MockHttpSession withoutToken =
                session(web.perform(formLogin().user("nobody").password("pass")).andReturn());
        String unknown = answer(enter(withoutToken, phone.code()));

        assertThat(wrong).isEqualTo("302 /login/code?error ");
        assertThat(replayed).isEqualTo(wrong);
        assertThat(malformed).isEqualTo(wrong);
        assertThat(suspended).isEqualTo(wrong);
        assertThat(unknown).isEqualTo(wrong);
        web.perform(get("/").session(session)).andExpect(redirectedUrl("/login/code"));
    }

    private static String answer(MockHttpServletResponse response) throws Exception {
        return response.getStatus() + " " + response.getRedirectedUrl() + " " + response.getContentAsString();
    }

    @Test
    void theDefaultPageIsAccessibleAndProtected() throws Exception {
        MockHttpSession session = login();
        String page = web.perform(get("/login/code").param("error", "").session(session))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page)
                .contains("<html lang=\"en\">", "<label for=\"code\">", "autocomplete=\"one-time-code\"")
                .contains("role=\"alert\"", "aria-describedby=\"hint error\"", "<title>Error: Enter your code</title>")
                .contains("name=\"_csrf\"")
                .doesNotContain("<script");
        web.perform(post("/login/code").session(session).param("code", "12345678"))
                .andExpect(status().isForbidden());
    }

    @Test
    void thePageRepeatsNothingUnknown() throws Exception {
        String page = web.perform(get("/login/code").param("purpose", "\"><b>").session(login()))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).doesNotContain("<b>").doesNotContain("name=\"purpose\"");
    }

    @Test
    void theFirstFactorComesFirst() throws Exception {
        FakePhone phone = phones.active(holder);
        web.perform(post("/login/code").param("code", phone.code()).with(csrf()))
                .andExpect(redirectedUrl("/login"));
        assertThat(bank.tokens().verify(holder, phone.code(), Purpose.LOGIN).isAccepted())
                .isTrue();
    }

    @Test
    @Tag("R2.4")
    void aSuspendedHolderWithoutATokenIsDenied() throws Exception {
        bank.desk(new Operator("hanako"))
                .suspendHolder(holder, SuspensionReason.FRAUD_SUSPECTED, "calls from abroad")
                .orElseThrow();
        web.perform(get("/").session(login())).andExpect(status().isForbidden());
    }

    @Test
    @Tag("R1.5")
    void aTransferNeedsACodeForThisPurposeWithinItsTime() throws Exception {
        FakePhone phone = phones.active(holder);
        MockHttpSession session = login();
        enter(session, phone.code());
        clock.advance(Duration.ofMinutes(1));

        web.perform(get("/transfer").session(session)).andExpect(redirectedUrl("/login/code?purpose=funds-transfer"));
        MvcResult entered = web.perform(post("/login/code")
                        .session(session)
                        .param("code", phone.code())
                        .param("purpose", "funds-transfer")
                        .with(csrf()))
                .andReturn();
        assertThat(entered.getResponse().getRedirectedUrl()).startsWith("http://localhost/transfer");
        web.perform(get("/transfer").session(session)).andExpect(status().isOk());

        clock.advance(Duration.ofMinutes(5).plusSeconds(1));
        web.perform(get("/transfer").session(session)).andExpect(redirectedUrl("/login/code?purpose=funds-transfer"));
        web.perform(get("/").session(session)).andExpect(status().isOk());
    }

    @Test
    void aPurposeThatWasNotDeclaredIsABadRequest() throws Exception {
        web.perform(post("/login/code")
                        .session(login())
                        .param("code", "12345678")
                        .param("purpose", "customer-data")
                        .with(csrf()))
                .andExpect(status().isBadRequest());
    }
}
