package dev.watchword.springboot;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.spring.feed.TokenEventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The mail of the bank. */
@Component
class Mailer {
    private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);

    @TokenEventListener(consumer = "mail", types = EventType.ISSUED)
    void mail(Holder holder, TokenEvent event) {
        LOG.info("Mail to {}: your token has been issued", holder);
    }
}
