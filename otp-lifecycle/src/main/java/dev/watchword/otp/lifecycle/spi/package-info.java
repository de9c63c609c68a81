/**
 * The interfaces that an institution implements: stores, key sources, number sources and listeners. {@link
 * dev.watchword.otp.lifecycle.spi.TokenStore} is mandatory. The other store interfaces are optional capabilities of it.
 */
@CheckReturnValue
package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.CheckReturnValue;
