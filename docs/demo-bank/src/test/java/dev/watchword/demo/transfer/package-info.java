/** Tests of the transfers. */
@NullMarked
package dev.watchword.demo.transfer;

import org.jspecify.annotations.NullMarked;
