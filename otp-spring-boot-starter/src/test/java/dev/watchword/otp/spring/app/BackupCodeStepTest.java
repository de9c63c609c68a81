package dev.watchword.otp.spring.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.spring.test.AutoConfigureWatchword;
import dev.watchword.otp.spring.test.FakePhones;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;

/** Emergency and recovery codes at the code step. */
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureWatchword
class BackupCodeStepTest {
    private static final Operator OPERATOR = new Operator("hanako");

    @Autowired
    MockMvc web;

    @Autowired
    FakePhones phones;

    @Autowired
    Institution bank;

    private final Holder holder = new Holder(UUID.randomUUID().toString());

    private MockHttpSession login() throws Exception {
        return (MockHttpSession)
                requireNonNull(web.perform(formLogin().user(holder.value()).password("pass"))
                        .andReturn()
                        .getRequest()
                        .getSession(false));
    }

    private void enter(MockHttpSession session, String parameter, String text) throws Exception {
        web.perform(post("/login/code").session(session).param(parameter, text).with(csrf()));
    }

    private void opens(MockHttpSession session) throws Exception {
        web.perform(get("/").session(session)).andExpect(status().isOk());
    }

    private void staysClosed(MockHttpSession session) throws Exception {
        web.perform(get("/").session(session)).andExpect(redirectedUrl("/login/code"));
    }

    private List<EventType> history() {
        return bank.histories().read(holder, 0, 100).stream()
                .map(TokenEvent::type)
                .toList();
    }

    private String emergencyCode() {
        return bank.desk(OPERATOR)
                .issueEmergencyCodes(holder, "seen at the branch")
                .orElseThrow()
                .codes()
                .get(0)
                .exposeText();
    }

    @Test
    @Tag("R14.1")
    void anEmergencyCodeOpensOneSessionWhileTheTokenIsSuspended() throws Exception {
        FakePhone phone = phones.active(holder);
        bank.desk(OPERATOR)
                .suspend(holder, SuspensionReason.LOST, "left in a train")
                .orElseThrow();
        String code = emergencyCode();
        MockHttpSession first = login();
        MockHttpSession second = login();

        enter(first, "code", phone.code());
        staysClosed(first);
        enter(first, "emergencyCode", code);
        enter(second, "emergencyCode", code);

        opens(first);
        staysClosed(second);
        assertThat(history()).contains(EventType.EMERGENCY_CODE_ACCEPTED).doesNotContain(EventType.CODE_ACCEPTED);
    }

    @Test
    @Tag("R14.2")
    void aRecoveryCodeOpensOneSession() throws Exception {
        FakePhone phone = phones.active(holder);
        Confirmation confirmation = Confirmation.NONE.password(FakePhones.CONFIRMATION_PASSWORD);
        List<String> codes =
                bank
                        .tokens()
                        .createRecoveryCodes(holder, confirmation.code(phone.code()))
                        .orElseThrow()
                        .codes()
                        .stream()
                        .map(code -> code.exposeText())
                        .toList();
        MockHttpSession first = login();
        MockHttpSession second = login();

        enter(first, "recoveryCode", codes.get(0));
        enter(second, "recoveryCode", codes.get(0));

        opens(first);
        staysClosed(second);
    }

    @Test
    @Tag("R14.1")
    void anEmergencyCodeIsForTheLoginOnly() throws Exception {
        FakePhone phone = phones.active(holder);
        MockHttpSession session = login();
        enter(session, "code", phone.code());
        String code = emergencyCode();

        web.perform(post("/login/code")
                .session(session)
                .param("emergencyCode", code)
                .param("purpose", "funds-transfer")
                .with(csrf()));
        web.perform(get("/transfer").session(session)).andExpect(redirectedUrl("/login/code?purpose=funds-transfer"));

        MockHttpSession next = login();
        enter(next, "emergencyCode", code);
        opens(next);
    }

    @Test
    @Tag("R2.7")
    void aRefusalNamesTheFormThatWasSent() throws Exception {
        FakePhone unused = phones.active(holder);
        MockHttpSession session = login();
        for (String form : List.of("emergencyCode", "recoveryCode")) {
            web.perform(post("/login/code")
                            .session(session)
                            .param(form, "1-WRONG")
                            .with(csrf()))
                    .andExpect(redirectedUrl("/login/code?error=" + form));
            assertThat(web.perform(get("/login/code").param("error", form).session(session))
                            .andReturn()
                            .getResponse()
                            .getContentAsString())
                    .contains("The code was not accepted.</p>")
                    .doesNotContain("Wait for the next code and enter it.", "aria-describedby=\"hint error\"");
        }
        web.perform(post("/login/code").session(session).param("code", "x").with(csrf()))
                .andExpect(redirectedUrl("/login/code?error"));
    }

    @Test
    void theDefaultPageHasAFormForEachCodeAtALogin() throws Exception {
        MockHttpSession session = login();
        assertThat(page(session, "login")).contains("<label for=\"emergencyCode\">", "<label for=\"recoveryCode\">");
        assertThat(page(session, "funds-transfer")).doesNotContain("emergencyCode", "recoveryCode");
    }

    private String page(MockHttpSession session, String purpose) throws Exception {
        return web.perform(get("/login/code").param("purpose", purpose).session(session))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}
