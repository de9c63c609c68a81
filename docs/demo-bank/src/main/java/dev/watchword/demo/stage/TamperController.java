package dev.watchword.demo.stage;

import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** An attacker inside the bank, who changes the payee of a transfer in the database after the customer ordered it. */
@Controller
@Profile("demo")
@RequestMapping("/stage/tamper")
class TamperController {
    private static final String ATTACKER = "6660666";

    private final JdbcClient database;

    TamperController(JdbcClient database) {
        this.database = database;
    }

    /** A transfer that nobody has confirmed yet. */
    record Target(String id, String payee, String payeeName, long amount) {}

    @GetMapping
    String show(Model model) {
        List<Target> targets = database.sql("SELECT id, payee, payee_name, amount FROM transfer WHERE state = 'WAITING'"
                        + " ORDER BY created_at DESC, id")
                .query(Target.class)
                .list();
        model.addAttribute("targets", targets);
        return "stage/tamper";
    }

    @PostMapping
    String change(@RequestParam String id) {
        database.sql("UPDATE transfer SET payee = ? WHERE id = ? AND state = 'WAITING'")
                .params(ATTACKER, id)
                .update();
        return "redirect:/stage/tamper";
    }
}
