/** Delivery of lifecycle events to beans of the application. */
@NullMarked
package dev.watchword.otp.spring.feed;

import org.jspecify.annotations.NullMarked;
