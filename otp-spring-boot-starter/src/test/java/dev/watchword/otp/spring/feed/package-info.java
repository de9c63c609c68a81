/** Tests of the delivery of events. */
@NullMarked
package dev.watchword.otp.spring.feed;

import org.jspecify.annotations.NullMarked;
