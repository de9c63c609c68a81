/** The policy of an institution. {@link dev.watchword.otp.lifecycle.policy.TokenPolicy} has presets to begin with. */
@CheckReturnValue
package dev.watchword.otp.lifecycle.policy;

import dev.watchword.otp.lifecycle.model.CheckReturnValue;
