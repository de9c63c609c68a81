package dev.watchword.demo.customer;

import dev.watchword.demo.bank.JapanTime;
import dev.watchword.demo.bank.Letters;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Outcome;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Mails the codes that confirm the issue of a software token. */
@Component
class MailCodes {
    private final Letters letters;
    private final JapanTime time;

    MailCodes(Letters letters, JapanTime time) {
        this.letters = letters;
        this.time = time;
    }

    /** Creates a code, mails it, and returns when it was sent. */
    Outcome<Instant> send(Visit visit, String mail) {
        return visit.tokens()
                .createMailCode(visit.holder(), Operation.ISSUE, mail)
                .map(created -> {
                    letters.send(created.destination(), "code", language ->
                            new Object[] {created.code().exposeText(), time.second(created.sentAt(), language)});
                    return created.sentAt();
                });
    }
}
