/** Tests of the operator's desk. */
@NullMarked
package dev.watchword.demo.desk;

import org.jspecify.annotations.NullMarked;
