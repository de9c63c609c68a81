package dev.watchword.demo.desk;

import dev.watchword.demo.bank.JapanTime;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.operations.Helpdesk;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Gives controllers the sentences of the helpdesk, with the instants in the form of the other texts. */
@Component
class Helpdesks {
    private final Institution institution;
    private final JapanTime time;

    Helpdesks(Institution institution, JapanTime time) {
        this.institution = institution;
        this.time = time;
    }

    Helpdesk in(Locale language) {
        return institution.helpdesk(language).withTimes(at -> time.second(at, language));
    }
}
