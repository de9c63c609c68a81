package dev.watchword.checks;

import java.nio.file.Path;

/** A sentence of a comment or a page, and the line on which its paragraph starts. */
record Sentence(Path file, int line, String text) {
    @Override
    public String toString() {
        return Project.ROOT.relativize(file) + ":" + line + ": " + text;
    }
}
