package dev.watchword.otp.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Configures Watchword for a test, in {@code @SpringBootTest} and in slices. The test needs no property, no key and no database:
 *
 * <ul>
 *   <li>the clock is a {@link dev.watchword.otp.testing.FakeClock}, which is also the {@code Clock} of the application;
 *   <li>the store is in memory, unless {@link #inMemory} is false or the application declares a {@code TokenStore};
 *   <li>the keys are fixed, and password hashes are cheap;
 *   <li>{@link FakePhones} issues tokens, with the confirmations that the policy asks for.
 * </ul>
 *
 * <p>The keys protect nothing. Every context has the same keys, so several contexts can use one database.
 *
 * <p>Tests that share a context share the clock and the store. Give each test its own holders. Tests that run in parallel and move the
 * clock need a context for each, for example by a distinct property.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ImportAutoConfiguration
@PropertyMapping("watchword.test")
public @interface AutoConfigureWatchword {
    /**
     * {@return whether the store is in memory. Otherwise the store is on the data source of the test. An application that uses {@link
     * dev.watchword.otp.spring.WatchwordTransactions} needs {@code false}: a store in memory takes no part in a transaction}
     */
    boolean inMemory() default true;
}
