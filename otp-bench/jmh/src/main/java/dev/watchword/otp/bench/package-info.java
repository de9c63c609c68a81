/** Benchmarks of a verification by Watchword and by other libraries. */
@NullMarked
package dev.watchword.otp.bench;

import org.jspecify.annotations.NullMarked;
