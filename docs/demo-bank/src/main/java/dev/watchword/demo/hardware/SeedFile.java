package dev.watchword.demo.hardware;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcReader;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** The maker's seed files. */
enum SeedFile {
    /** The first delivery, which the bank imports at its first start. */
    FIRST("batch-1.csv", 101199980021L, 8, true),
    /** Tokens with a keypad, which sign transactions. The bank imports them at its first start too. */
    KEYPAD("batch-1-keypad.xml", 101199980031L, 2, true),
    /** The second delivery, which an operator can import. */
    SECOND("batch-2.csv", 101199980041L, 4, false),
    /** A file that an operator cannot import, because two of its three lines are bad. */
    FAULTY("faulty.csv", 101199980051L, 3, false);

    private final String fileName;
    private final long firstSerial;
    private final int tokens;
    private final boolean imported;

    SeedFile(String fileName, long firstSerial, int tokens, boolean imported) {
        this.fileName = fileName;
        this.firstSerial = firstSerial;
        this.tokens = tokens;
        this.imported = imported;
    }

    static Optional<SeedFile> named(String fileName) {
        return Arrays.stream(values())
                .filter(file -> file.fileName.equals(fileName))
                .findFirst();
    }

    public String fileName() {
        return fileName;
    }

    long firstSerial() {
        return firstSerial;
    }

    int tokens() {
        return tokens;
    }

    /** Returns whether the bank imports the file at its first start. */
    boolean imported() {
        return imported;
    }

    BatchId batch() {
        return new BatchId(fileName);
    }

    boolean isPskc() {
        return this == KEYPAD;
    }

    SeedReader reader(InputStream file) {
        return isPskc() ? PskcReader.open(file, PskcKey.none()) : CsvSeedReader.open(file, TextLayout.DEFAULT);
    }
}
