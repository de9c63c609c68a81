/** Benchmarks of the store on real databases, compared with plain JDBC. */
@NullMarked
package dev.watchword.otp.bench.store;

import org.jspecify.annotations.NullMarked;
