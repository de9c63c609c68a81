package dev.watchword.otp.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an app's request was refused. Tell the app no more than {@link ProvisionOutcome#answer}: anyone can name a user ID.
 *
 * @param refusal why
 * @param notBefore the instant from which the app may be provisioned; {@code null} unless it is too early
 */
public record NotProvisioned(Refusal refusal, @Nullable Instant notBefore) implements ProvisionOutcome {}
