package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.BadRecords;
import java.util.ArrayList;
import java.util.List;

/** Collects bad records: counts all of them and keeps the first ones. */
final class BadRecordList {
    private final List<BadRecord> first = new ArrayList<>();
    private long total;

    void add(BadRecord record) {
        total++;
        if (first.size() < BadRecords.MAX_LISTED) {
            first.add(record);
        }
    }

    long total() {
        return total;
    }

    BadRecords toBadRecords() {
        return new BadRecords(first, total);
    }
}
