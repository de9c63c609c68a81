/** Support for tests of applications: a clock that the test moves, a store in memory, and phones. */
@NullMarked
package dev.watchword.otp.spring.test;

import org.jspecify.annotations.NullMarked;
