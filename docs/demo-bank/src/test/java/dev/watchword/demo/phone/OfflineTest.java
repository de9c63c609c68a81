package dev.watchword.demo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.bank.JapanTime;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.Pkcs12KeyStore;
import dev.watchword.otp.app.SealedAnswer;
import dev.watchword.otp.app.SoftwareToken;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.app.TokenVault;
import dev.watchword.otp.testing.FakeClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindingResult;

/** A phone without a connection to the bank still shows codes, and keeps its key for the next try of a setup. */
class OfflineTest {
    private static final String USER = "999800000001";

    @TempDir
    Path directory;

    private final FakeClock clock = FakeClock.at("2026-11-30T00:00:10Z");
    private PhoneController controller;

    @BeforeEach
    void disconnect() {
        // the connection does not know the port of a bank
        controller = new PhoneController(
                new Phones(directory.toString(), new BankConnection("127.0.0.1"), clock),
                new JapanTime(new StaticMessageSource()));
    }

    private TokenVault vault() {
        Path phone = directory.resolve("phones/taro");
        SecureRandom random = new SecureRandom();
        return TokenVault.at(
                phone.resolve("vault"),
                Pkcs12KeyStore.open(phone.resolve("keys.p12"), Phones.SCREEN_LOCK.toCharArray(), random),
                random);
    }

    @Test
    @Tag("R4.3")
    void aSetupWithoutTheBankKeepsTheKeyOfTheDevice() {
        SetupForm form = new SetupForm("10112235", USER, "4726", true);
        BindingResult errors = new BeanPropertyBindingResult(form, "form");
        assertThat(controller.setUp("taro", form, errors, Locale.ENGLISH)).isEqualTo("phone/setup");
        assertThat(errors.getAllErrors()).hasSize(1);
        assertThat(errors.getAllErrors().get(0).getCode()).isEqualTo("phone.error.UNREACHABLE");
        byte[] kept = vault().prepare("10112235", USER).toBytes();
        assertThat(controller.setUp("taro", form, errors, Locale.ENGLISH)).isEqualTo("phone/setup");
        assertThat(vault().prepare("10112235", USER).toBytes()).isEqualTo(kept);
    }

    @Test
    @Tag("R4.5")
    void aPhoneWithoutTheBankShowsItsCodes() throws Exception {
        Files.createDirectories(directory.resolve("phones/taro"));
        SecureRandom random = new SecureRandom();
        TokenContents contents = TokenContents.builder()
                .secret(OtpSecret.random(TotpProfile.BANK.algorithm(), random))
                .profile(TotpProfile.BANK)
                .serial("243725864")
                .institution("見本信用組合")
                .serviceId("10112235")
                .userId(USER)
                .start(clock.instant())
                .expiry(clock.instant().plus(Duration.ofDays(1)))
                .build();
        SealedAnswer answer = SealedAnswer.seal(contents, vault().prepare("10112235", USER), random);
        SoftwareToken token = vault().provision(answer, "10112235", USER).orElseThrow();

        ExtendedModelMap page = new ExtendedModelMap();
        assertThat(controller.show("taro", page)).isEqualTo("phone/phone");
        assertThat(page.getAttribute("offline")).isEqualTo(true);
        ShownToken shown = new PhoneApp(vault(), new BankConnection("127.0.0.1"), clock)
                .tokens()
                .get(0);
        assertThat(shown.code()).isEqualTo(token.code(clock.instant()).orElseThrow());
        assertThat(shown.secondsLeft()).isEqualTo(50);
        assertThat(shown.percentPassed()).isEqualTo(17);
        assertThat(page.getAttribute("secondsLeft")).isEqualTo(50L);
    }
}
