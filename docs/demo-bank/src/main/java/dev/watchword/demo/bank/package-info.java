/** The bank's own data: customers, transfers, outgoing mail. */
@NullMarked
package dev.watchword.demo.bank;

import org.jspecify.annotations.NullMarked;
