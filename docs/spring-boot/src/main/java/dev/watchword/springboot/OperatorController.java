package dev.watchword.springboot;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.operations.MissingExpiry;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.TextLayouts;
import java.io.InputStream;
import java.security.Principal;
import java.time.Duration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The pages of an operator. */
@RestController
@RequestMapping("/operator")
class OperatorController {
    private final Institution bank;

    OperatorController(Institution bank) {
        this.bank = bank;
    }

    private OperatorDesk desk(Principal user) {
        return bank.desk(new Operator(user.getName()));
    }

    /** Imports lines of a serial number and a secret in hexadecimal. */
    @PostMapping("/stock")
    void stock(@RequestParam String batch, InputStream file) {
        bank.stock()
                .importBatch(
                        new BatchId(batch),
                        CsvSeedReader.open(file, TextLayouts.SERIAL_HEX),
                        MissingExpiry.after(Duration.ofDays(5 * 365)),
                        staged -> {})
                .orElseThrow();
    }

    @PostMapping("/shipment")
    RegistrationStatus send(Principal user, @RequestParam String holder, @RequestParam String serial) {
        desk(user).assign(new Holder(holder), serial).orElseThrow();
        return desk(user).send(new Holder(holder)).orElseThrow().status();
    }

    @PostMapping("/replacement")
    String replace(
            Principal user, @RequestParam String holder, @RequestParam String mail, @RequestParam String password) {
        return desk(user)
                .replaceWithSoftware(
                        new Holder(holder),
                        SuspensionReason.LOST,
                        SoftwareRequest.of(mail, password),
                        "reported by telephone")
                .orElseThrow()
                .userId()
                .value();
    }
}
