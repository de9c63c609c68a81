/**
 * The code of a token as a factor of Spring Security. Add {@link dev.watchword.otp.spring.security.WatchwordConfigurer} to the
 * {@code HttpSecurity} of the application.
 */
@NullMarked
package dev.watchword.otp.spring.security;

import org.jspecify.annotations.NullMarked;
