/** Tests of the starter. */
@NullMarked
package dev.watchword.otp.spring;

import org.jspecify.annotations.NullMarked;
