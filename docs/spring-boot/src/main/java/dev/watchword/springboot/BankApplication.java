package dev.watchword.springboot;

import static dev.watchword.otp.spring.security.WatchwordConfigurer.watchword;
import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The bank. */
@SpringBootApplication(proxyBeanMethods = false)
public class BankApplication {
    /**
     * Starts the bank.
     *
     * @param arguments the arguments of Spring Boot
     */
    public static void main(String[] arguments) {
        SpringApplication.run(BankApplication.class, arguments);
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/app/**", "/error")
                        .permitAll()
                        .requestMatchers("/operator/**")
                        .hasRole("OPERATOR")
                        .anyRequest()
                        .authenticated())
                .csrf(csrf -> csrf.ignoringRequestMatchers("/app/**"))
                .formLogin(withDefaults())
                .with(watchword(), withDefaults())
                .build();
    }

    /** The first factor of a demonstration. Your application has its own users. The name of a user is the stored one. */
    @Bean
    UserDetailsService users() {
        User.UserBuilder user = User.withUsername("taro").password("{noop}pass");
        return new InMemoryUserDetailsManager(
                user.build(),
                user.username("jiro").build(),
                user.username("saburo").build(),
                user.username("hanako").roles("OPERATOR").build());
    }
}
