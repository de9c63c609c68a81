/**
 * The entry point of the library: {@link dev.watchword.otp.lifecycle.Institution}, the operations of holders and of operators, and
 * the requests and results of these operations.
 */
@CheckReturnValue
package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.model.CheckReturnValue;
