package dev.watchword.demo;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** A bank whose customers log in and sign transfers with a one-time password. */
@SpringBootApplication
@EnableScheduling
public class DemoBank {
    public static void main(String[] arguments) {
        SpringApplication.run(DemoBank.class, arguments);
    }
}
