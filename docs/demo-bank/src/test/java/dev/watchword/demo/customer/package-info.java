/** Tests of the customer's screens. */
@NullMarked
package dev.watchword.demo.customer;

import org.jspecify.annotations.NullMarked;
