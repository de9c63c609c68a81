package dev.watchword.demo.stage;

import dev.watchword.demo.bank.Customers;
import dev.watchword.demo.bank.JapanTime;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages of the demonstration itself: the start, the outbox, and the time. */
@Controller
@Profile("demo")
class StageController {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final StageTime time;
    private final Outbox outbox;
    private final Customers customers;
    private final Clock clock;

    StageController(StageTime time, Outbox outbox, Customers customers, Clock clock) {
        this.time = time;
        this.outbox = outbox;
        this.customers = customers;
        this.clock = clock;
    }

    @GetMapping("/")
    String start(Model model) {
        model.addAttribute("customers", customers.all());
        model.addAttribute("samples", SampleData.CUSTOMERS);
        model.addAttribute("operator", SampleData.OPERATOR);
        return "stage/start";
    }

    @GetMapping("/stage/mail")
    String mail(Model model) {
        model.addAttribute("letters", outbox.newest());
        return "stage/mail";
    }

    @GetMapping("/stage/time")
    String time(Model model) {
        model.addAttribute("now", clock.instant());
        return "stage/time";
    }

    /** Moves the time by an ISO duration such as {@code PT1M}, or to the next day in Japan if it is absent. */
    @PostMapping("/stage/time")
    String move(@RequestParam(required = false) Duration by) {
        Duration chosen = by == null ? untilTomorrow() : by;
        if (!chosen.isNegative() && chosen.compareTo(LONGEST) <= 0) {
            time.move(chosen);
        }
        return "redirect:/stage/time";
    }

    private Duration untilTomorrow() {
        ZonedDateTime now = clock.instant().atZone(JapanTime.ZONE);
        return Duration.between(
                now, now.toLocalDate().plusDays(1).atTime(LocalTime.of(0, 0, 1)).atZone(JapanTime.ZONE));
    }
}
