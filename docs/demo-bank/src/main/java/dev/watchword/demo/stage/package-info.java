/** The parts that only a demonstration has: the movable time, the outbox, the sample customers. None exists without the profile demo. */
@NullMarked
package dev.watchword.demo.stage;

import org.jspecify.annotations.NullMarked;
