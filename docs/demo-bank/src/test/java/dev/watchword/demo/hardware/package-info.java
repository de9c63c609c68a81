/** Tests of the hardware tokens. */
@NullMarked
package dev.watchword.demo.hardware;

import org.jspecify.annotations.NullMarked;
