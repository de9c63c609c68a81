package dev.watchword.demo.bank;

import dev.watchword.otp.lifecycle.model.Holder;

/**
 * A customer of the bank.
 *
 * @param loginId the name that the customer types at the login; also the reference of the holder
 * @param name the name on the pages
 * @param address where the bank sends hardware tokens
 * @param transferLimit the largest amount of one transfer, in yen
 */
public record Customer(String loginId, String name, String address, long transferLimit) {
    /** {@return the holder of the customer's tokens} */
    public Holder holder() {
        return new Holder(loginId);
    }
}
