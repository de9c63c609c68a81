package dev.watchword.demo.hardware;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The maker of the hardware tokens. Its seed file is in the demonstration's directory. */
@Component
@Profile("demo")
public class Maker {
    /** Adds the maker's tokens to the stock of a bank that has none yet. */
    public void stockTheBank() {}
}
