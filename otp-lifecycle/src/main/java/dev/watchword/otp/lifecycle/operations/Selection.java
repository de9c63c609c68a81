package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.time.Instant;
import java.time.LocalDate;

/** The tokens that a bulk job handles (R12.3). Immutable. */
public sealed interface Selection {
    /**
     * Selects the hardware tokens of a batch: those in stock, and those of holders.
     *
     * @param batch the batch
     * @return the selection
     */
    static Selection ofBatch(BatchId batch) {
        return new OfBatch(batch);
    }

    /**
     * Selects hardware tokens by their serial numbers, compared by the code points of their characters. Serial numbers of one maker
     * usually have equal lengths; then this is the order of their numbers.
     *
     * @param first the first serial number
     * @param last the last serial number, which is selected too
     * @return the selection
     * @throws IllegalArgumentException if the last one is before the first one
     */
    static Selection ofSerials(SerialNumber first, SerialNumber last) {
        return new OfSerials(first, last);
    }

    /**
     * Selects the tokens in use that expire before an instant.
     *
     * @param instant the instant; pass the current instant to select the expired tokens
     * @return the selection
     */
    static Selection expiringBefore(Instant instant) {
        return new ExpiringBefore(instant);
    }

    /**
     * Selects the tokens in use whose last code was accepted before a day, as
     * {@link TokenLists#unusedSince} lists them.
     *
     * @param day the first day without an accepted code, in UTC
     * @return the selection
     */
    static Selection unusedSince(LocalDate day) {
        return new UnusedSince(day);
    }

    /**
     * Selects the tokens that were suspended before an instant and are still suspended.
     *
     * @param instant the instant
     * @return the selection
     */
    static Selection suspendedBefore(Instant instant) {
        return new SuspendedBefore(instant);
    }

    /**
     * Selects the pending tokens and orders that are overdue.
     *
     * @return the selection
     */
    static Selection overdue() {
        return new Overdue();
    }

    /**
     * The hardware tokens of a batch.
     *
     * @param batch the batch
     */
    record OfBatch(BatchId batch) implements Selection {
        /** Creates the value. */
        public OfBatch {
            requireNonNull(batch, "batch");
        }
    }

    /**
     * The hardware tokens of a range of serial numbers.
     *
     * @param first the first serial number
     * @param last the last serial number
     */
    record OfSerials(SerialNumber first, SerialNumber last) implements Selection {
        /**
         * Creates the value.
         *
         * @throws IllegalArgumentException if the last serial number is before the first one
         */
        public OfSerials {
            if (first.value().compareTo(last.value()) > 0) {
                throw new IllegalArgumentException(
                        "last must not be before first, but " + last + " is before " + first);
            }
        }
    }

    /**
     * The tokens in use that expire before an instant.
     *
     * @param instant the instant
     */
    record ExpiringBefore(Instant instant) implements Selection {
        /** Creates the value. */
        public ExpiringBefore {
            requireNonNull(instant, "instant");
        }
    }

    /**
     * The tokens in use whose last code was accepted before a day.
     *
     * @param day the first day without an accepted code, in UTC
     */
    record UnusedSince(LocalDate day) implements Selection {
        /** Creates the value. */
        public UnusedSince {
            requireNonNull(day, "day");
        }
    }

    /**
     * The tokens that were suspended before an instant.
     *
     * @param instant the instant
     */
    record SuspendedBefore(Instant instant) implements Selection {
        /** Creates the value. */
        public SuspendedBefore {
            requireNonNull(instant, "instant");
        }
    }

    /** The overdue pending tokens and orders. */
    record Overdue() implements Selection {}
}
