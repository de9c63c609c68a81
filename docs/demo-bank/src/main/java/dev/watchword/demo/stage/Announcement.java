package dev.watchword.demo.stage;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Prints the address and the sample users as soon as the bank is open. */
@Component
@Profile("demo")
@Order
class Announcement implements ApplicationRunner {
    private volatile int port;

    @EventListener
    void started(WebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
    }

    @Override
    public void run(ApplicationArguments arguments) {
        StringBuilder text = new StringBuilder("\nThe bank is open: http://127.0.0.1:" + port + "/\n\n");
        for (SampleData.Sample sample : SampleData.CUSTOMERS) {
            text.append("  customer ")
                    .append(sample.loginId())
                    .append(", password ")
                    .append(sample.password())
                    .append(", confirmation password ")
                    .append(sample.confirmationPassword())
                    .append('\n');
        }
        text.append("  operator ")
                .append(SampleData.OPERATOR.loginId())
                .append(", password ")
                .append(SampleData.OPERATOR.password())
                .append("\n\nStop the bank with Ctrl-C.\n");
        System.out.println(text);
    }
}
