/** Transfers, which the customer confirms with the token. */
@NullMarked
package dev.watchword.demo.transfer;

import org.jspecify.annotations.NullMarked;
