import org.jspecify.annotations.NullMarked;

/**
 * The lifecycle of tokens: issue, provisioning, activation, verification, suspension, renewal and revocation.
 *
 * <p>Decisions are pure functions, and each change is one atomic commit to a
 * {@linkplain dev.watchword.otp.lifecycle.spi.TokenStore store}. Begin with {@link dev.watchword.otp.lifecycle.Institution}.
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
    exports dev.watchword.otp.lifecycle.model;
    exports dev.watchword.otp.lifecycle.operations;
    exports dev.watchword.otp.lifecycle.policy;
    exports dev.watchword.otp.lifecycle.seeds;
    exports dev.watchword.otp.lifecycle.spi;
    exports dev.watchword.otp.lifecycle.testing;
}
