/** Tests of the bank's own data. */
@NullMarked
package dev.watchword.demo.bank;

import org.jspecify.annotations.NullMarked;
