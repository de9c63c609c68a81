package dev.watchword.demo.bank;

import dev.watchword.otp.lifecycle.model.MailAddress;

/** Sends mail to customers. */
@FunctionalInterface
public interface Mail {
    /**
     * Sends a mail.
     *
     * @param to the recipient
     * @param subject the subject
     * @param body the text, which may contain a secret and MUST NOT be logged
     */
    void send(MailAddress to, String subject, String body);
}
