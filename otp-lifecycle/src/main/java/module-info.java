import org.jspecify.annotations.NullMarked;

/**
 * What a token may do: from issue through activation and verification to revocation, with suspension.
 *
 * <p>Decisions are pure functions and each change is one atomic commit to a
 * {@linkplain dev.watchword.otp.lifecycle.spi.TokenStore store}. What a maker of fobs delivers is read by
 * {@link dev.watchword.otp.lifecycle.stock}.
 */
@NullMarked
module dev.watchword.otp.lifecycle {
    requires static org.jspecify;
    requires de.siegmar.fastcsv;
    requires java.xml;
    requires java.xml.crypto;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires transitive dev.watchword.otp.core;

    exports dev.watchword.otp.lifecycle;
    exports dev.watchword.otp.lifecycle.spi;
    exports dev.watchword.otp.lifecycle.stock;
    exports dev.watchword.otp.lifecycle.testing;
}
