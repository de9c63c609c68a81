package dev.watchword.otp.spring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Proofs;
import dev.watchword.otp.lifecycle.Proved;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.spring.test.AutoConfigureWatchword;
import dev.watchword.otp.spring.test.FakePhones;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The answers to exceptions, the JSON of values with secrets, and the test support under the policy of the bank. */
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureWatchword
@ExtendWith(OutputCaptureExtension.class)
class ProblemTest {
    private static final String HANDLER = "dev.watchword.otp.spring.web.WatchwordExceptionHandler";

    @Autowired
    LoggingSystem logging;

    @Autowired
    MockMvc web;

    @Autowired
    FakePhones phones;

    @Autowired
    TokenService tokens;

    @Autowired
    Proofs proofs;

    @Autowired
    TokenPolicy policy;

    @Autowired
    JsonMapper json;

    private final Holder holder = new Holder(UUID.randomUUID().toString());

    @ParameterizedTest
    @CsvSource({"refused, 422, false", "storage, 503, true", "race, 409, true", "unknown, 503, false"})
    @Tag("R15.5")
    void anExceptionBecomesAProblemWithoutItsMessage(String kind, int status, boolean repeatable) throws Exception {
        MockHttpServletResponse response = web.perform(get("/failure/" + kind).with(user(holder.value())))
                .andReturn()
                .getResponse();
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.containsHeader("Retry-After")).isEqualTo(repeatable);
        assertThat(response.getContentAsString())
                .contains("\"title\"")
                .doesNotContain("otp_enrolment")
                .doesNotContain("WRONG");
    }

    @ParameterizedTest
    @CsvSource({"refused, 422, false", "storage, 503, true", "race, 409, true", "unknown, 503, false"})
    @Tag("R15.5")
    void aBrowserGetsTheErrorPageOfTheApplication(String kind, int status, boolean repeatable) throws Exception {
        MockHttpServletResponse response = web.perform(get("/failure/" + kind)
                        .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                        .with(user(holder.value())))
                .andReturn()
                .getResponse();
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getContentType()).isNull();
        assertThat(response.containsHeader("Retry-After")).isEqualTo(repeatable);
        assertThat(String.valueOf(response.getErrorMessage()))
                .doesNotContain("otp_enrolment")
                .doesNotContain("WRONG");
    }

    @Test
    @Tag("R10.2")
    void theLogHasTheReasonOfARefusalButNoHolder(CapturedOutput output) throws Exception {
        logging.setLogLevel(HANDLER, LogLevel.DEBUG);
        try {
            web.perform(get("/failure/refused?holder=" + holder.value()).with(user(holder.value())));
        } finally {
            logging.setLogLevel(HANDLER, null);
        }
        assertThat(output.getOut())
                .contains("GET /failure/{kind} was refused: WRONG_CODE []")
                .doesNotContain(holder.value());
    }

    @Test
    void aPhoneIsIssuedWithTheConfirmationsOfTheBank() {
        assertThat(policy.confirmation()).isEqualTo(TokenPolicy.BANK.confirmation());
        FakePhone phone = phones.active(holder);
        assertThat(tokens.verify(holder, phone.code(), Purpose.LOGIN).isAccepted())
                .isTrue();
    }

    @Test
    @Tag("R10.2")
    void noSecretIsSerialised() {
        tokens.setConfirmationPassword(holder, FakePhones.CONFIRMATION_PASSWORD).orElseThrow();
        var mailCode = tokens.createMailCode(holder, Operation.ISSUE, FakePhones.MAIL_ADDRESS)
                .orElseThrow();
        Confirmation confirmation = Confirmation.NONE
                .password(FakePhones.CONFIRMATION_PASSWORD)
                .mailCode(mailCode.code().exposeText());
        Proved proved = proofs.forSoftwareIssue(
                        holder,
                        SoftwareRequest.of(FakePhones.MAIL_ADDRESS, FakePhone.ACTIVATION_PASSWORD),
                        confirmation)
                .orElseThrow();

        assertThat(written(mailCode)).doesNotContain(mailCode.code().exposeText());
        assertThat(written(confirmation))
                .doesNotContain(
                        FakePhones.CONFIRMATION_PASSWORD, mailCode.code().exposeText());
        assertThat(written(proved)).doesNotContain(proved.proof().exposeText());
    }

    private String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JacksonException e) {
            return "";
        }
    }
}
