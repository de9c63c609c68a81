/**
 * Readers and writers of the seed files that manufacturers of hardware tokens deliver. The formats are PSKC (RFC 6030),
 * plain, encrypted or signed, and CSV (RFC 4180).
 *
 * <p>A {@linkplain dev.watchword.otp.lifecycle.seeds.SeedReader reader} returns one record at a time. A record is either a
 * {@linkplain dev.watchword.otp.lifecycle.seeds.Seed seed} or a problem with its position. A {@linkplain
 * dev.watchword.otp.lifecycle.seeds.CsvTokenReader token reader} does the same for tokens of another system.
 *
 * <p>A caller MUST NOT pass {@code null} for a parameter that is not marked {@code @Nullable}.
 */
@CheckReturnValue
package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.model.CheckReturnValue;
