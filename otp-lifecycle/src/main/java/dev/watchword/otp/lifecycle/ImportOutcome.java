package dev.watchword.otp.lifecycle;

/** What came of importing a batch of fobs: {@link Imported} or {@link NotImported}. */
public sealed interface ImportOutcome permits Imported, NotImported {}
