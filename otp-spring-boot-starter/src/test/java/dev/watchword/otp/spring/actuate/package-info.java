/** Tests of the health of the institution. */
@NullMarked
package dev.watchword.otp.spring.actuate;

import org.jspecify.annotations.NullMarked;
