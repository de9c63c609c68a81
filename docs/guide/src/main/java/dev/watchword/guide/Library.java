package dev.watchword.guide;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All documents of the guide, by their paths, and the files that they show or link to. */
final class Library {
    private final Repository repository;
    private final SortedMap<String, Document> documents = new TreeMap<>();
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    Library(Repository repository, Problems problems) {
        this.repository = repository;
        repository
                .documents()
                .forEach(path -> documents.put(path, Document.parse(path, repository.text(path), problems)));
    }

    Repository repository() {
        return repository;
    }

    SortedMap<String, Document> documents() {
        return documents;
    }

    Optional<Document> document(String path) {
        return Optional.ofNullable(documents.get(path));
    }

    /** Adds a file to the guide. */
    void publish(String file, byte[] bytes) {
        files.put(file, bytes);
    }

    /** Returns the files other than pages, by their places in the guide. */
    SortedMap<String, byte[]> files() {
        return files;
    }
}
