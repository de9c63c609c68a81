/** Answers of Spring MVC to the exceptions of Watchword. */
@NullMarked
package dev.watchword.otp.spring.web;

import org.jspecify.annotations.NullMarked;
