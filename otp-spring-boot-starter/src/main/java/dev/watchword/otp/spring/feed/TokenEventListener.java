package dev.watchword.otp.spring.feed;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.FeedStart;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a bean that receives the events of a consumer, as a {@link FeedHandler} does. Its parameters are a {@link
 * dev.watchword.otp.lifecycle.model.Holder} and a {@link dev.watchword.otp.lifecycle.model.TokenEvent}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TokenEventListener {
    /** {@return the name of the consumer, unique in the application} */
    String consumer();

    /**
     * {@return the types of the events that the method handles; all if empty. Events of other types are passed over, and they do not
     * hide an outage of the method}
     */
    EventType[] types() default {};

    /**
     * {@return the first events that a new consumer receives: every event that is not archived, or the events from now on. A consumer
     * that exists continues where it was}
     */
    FeedStart start() default FeedStart.FIRST_EVENT;
}
