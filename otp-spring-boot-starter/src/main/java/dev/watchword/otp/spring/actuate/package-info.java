/** Health, metrics, observations and the endpoint of Watchword for Spring Boot Actuator. */
@NullMarked
package dev.watchword.otp.spring.actuate;

import org.jspecify.annotations.NullMarked;
