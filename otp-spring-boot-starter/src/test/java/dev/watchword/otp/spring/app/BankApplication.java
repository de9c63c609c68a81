package dev.watchword.otp.spring.app;

import static dev.watchword.otp.spring.security.WatchwordConfigurer.watchword;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.spring.security.CodeStep;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** An application with a form login, the code step and one page for transfers. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableMethodSecurity
public class BankApplication {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .formLogin(withDefaults())
                .with(watchword(), code -> code.purposes(Purpose.FUNDS_TRANSFER).backupCodes())
                .build();
    }

    @Bean
    UserDetailsService users() {
        return name ->
                User.withUsername(name).password("{noop}pass").roles("USER").build();
    }

    /** The pages of the bank. */
    @RestController
    static class Pages {
        @GetMapping("/")
        String home(Authentication user) {
            return user.getAuthorities().toString();
        }

        @GetMapping("/transfer")
        @PreAuthorize("@stepUp.within(authentication, 'funds-transfer', '5m')")
        String transfer() {
            return "transferred";
        }

        /** A page that verified a code by other means. */
        @GetMapping("/activated")
        void activated(HttpServletRequest request, HttpServletResponse response) {
            CodeStep.complete(request, response);
        }

        /** Whether the request runs on a virtual thread. */
        @GetMapping("/thread")
        String thread() {
            return String.valueOf(
                    Thread.currentThread().getClass().getSimpleName().contains("VirtualThread"));
        }

        @GetMapping("/failure/{kind}")
        String failure(@PathVariable("kind") String kind) {
            return switch (kind) {
                case "storage" -> throw new StorageException("the table otp_enrolment is full", null);
                case "race" -> throw new LostRaceException("otp_enrolment", null);
                case "unknown" -> throw new UnknownOutcomeException("otp_enrolment", null);
                default -> String.valueOf(Refused.of(Refusal.WRONG_CODE).orElseThrow());
            };
        }
    }
}
