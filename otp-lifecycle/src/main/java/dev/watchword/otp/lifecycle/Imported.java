package dev.watchword.otp.lifecycle;

/**
 * That a batch is in stock, whole.
 *
 * @param batch the batch
 * @param fobs how many fobs it has
 */
public record Imported(BatchId batch, int fobs) implements ImportOutcome {}
