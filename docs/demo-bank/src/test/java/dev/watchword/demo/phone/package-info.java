/** Tests of the phones. */
@NullMarked
package dev.watchword.demo.phone;

import org.jspecify.annotations.NullMarked;
