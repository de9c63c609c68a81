/** What the store costs on real databases, beside the same done by hand. */
@NullMarked
package dev.watchword.otp.bench.store;

import org.jspecify.annotations.NullMarked;
