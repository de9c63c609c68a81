package dev.watchword.otp.spring;

import java.security.Provider;
import java.security.Security;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** The resources and the classes that the library loads by name at run time, for native images. */
final class WatchwordRuntimeHints implements RuntimeHintsRegistrar {
    private static final String XML_SIGNATURE = "XMLDSig";

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPattern("META-INF/watchword/schema/*");
        hints.resources().registerPattern("META-INF/watchword/roles/*");
        for (String product :
                new String[] {"h2", "mariadb", "postgresql", "sqlite", "citus_by_holder", "citus_by_institution"}) {
            hints.resources().registerPattern("META-INF/watchword/schema/" + product + "/*");
        }
        registerXmlSignature(hints);
        for (Class<?> part : GuardedTokenStore.PARTS) {
            hints.proxies().registerJdkProxy(part);
        }
        hints.resources().registerResourceBundle("dev.watchword.otp.lifecycle.operations.helpdesk");
    }

    /** The reader of signed seed files finds the algorithms of the JDK's XML signature by name. */
    private static void registerXmlSignature(RuntimeHints hints) {
        Provider provider = Security.getProvider(XML_SIGNATURE);
        if (provider != null) {
            for (Provider.Service service : provider.getServices()) {
                hints.reflection()
                        .registerType(
                                TypeReference.of(service.getClassName()), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
            }
        }
        hints.resources().registerResourceBundle("com.sun.org.apache.xml.internal.security.resource.xmlsecurity");
    }
}
