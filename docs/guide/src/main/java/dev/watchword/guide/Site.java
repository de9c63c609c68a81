package dev.watchword.guide;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The guide as files. The same documents give the same bytes. */
final class Site {
    private Site() {}

    /**
     * Makes the pages of all documents, and everything that they show.
     *
     * @param source the address at which the files of the repository are shown, with a slash at its end, or an empty text
     * @throws GuideException if a document has a problem
     */
    static SortedMap<String, byte[]> of(Repository repository, String source) {
        Problems problems = new Problems();
        Contents contents = Contents.parse(repository.text(Contents.FILE), problems);
        contents.check(repository.documents(), problems);
        Library library = new Library(repository, problems);
        Layout layout = new Layout(contents, library);
        SortedMap<String, byte[]> site = new TreeMap<>();
        for (Document document : library.documents().values()) {
            document.root().accept(new Links(document, library, source, problems));
            Images images = new Images(document, library, problems);
            document.root().accept(images);
            document.root().accept(new Figures(document, repository, problems));
            document.root().accept(new Tables());
            String page = layout.page(document, Html.of(document, images.sizes()));
            if (site.put(document.page(), page.getBytes(StandardCharsets.UTF_8)) != null) {
                problems.add(document.path(), "Another page of the guide is also " + document.page() + ".");
            }
        }
        problems.throwIfAny();
        site.putAll(library.files());
        site.put("style.css", style());
        return site;
    }

    private static byte[] style() {
        try (InputStream style = Site.class.getResourceAsStream("style.css")) {
            return Objects.requireNonNull(style).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
