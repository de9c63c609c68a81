/** The hardware tokens of the demonstration: their maker, and their displays. They exist in the profile demo only. */
@NullMarked
package dev.watchword.demo.hardware;

import org.jspecify.annotations.NullMarked;
