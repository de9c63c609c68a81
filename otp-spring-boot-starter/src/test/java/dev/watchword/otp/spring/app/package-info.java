/** An application of a bank, for the tests. */
@NullMarked
package dev.watchword.otp.spring.app;

import org.jspecify.annotations.NullMarked;
