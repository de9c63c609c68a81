/**
 * Auto-configuration of Watchword for Spring Boot. It creates an {@link dev.watchword.otp.lifecycle.Institution} on the data source of
 * the application from the properties {@code watchword.*}. Every bean gives way to a bean of the application.
 */
@NullMarked
package dev.watchword.otp.spring;

import org.jspecify.annotations.NullMarked;
