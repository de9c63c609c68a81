package dev.watchword.guide;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * A visitor that adds the images of a document to the guide. A screenshot is the one that the test of the demo bank has
 * just made, or else the committed copy.
 */
final class Images extends AbstractVisitor {
    private static final String COMMITTED = "docs/guide/screens/";
    private static final String FRESH = "docs/demo-bank/target/screens/";

    private final Map<Node, Png> sizes = new HashMap<>();
    private final Document document;
    private final Library library;
    private final Problems problems;

    Images(Document document, Library library, Problems problems) {
        this.document = document;
        this.library = library;
        this.problems = problems;
    }

    /** Returns the sizes of the images that were visited. */
    Map<Node, Png> sizes() {
        return sizes;
    }

    @Override
    public void visit(Image image) {
        if (Headings.text(image).isBlank()) {
            broken(image, "has no description");
        }
        String path = document.resolve(image.getDestination());
        String file = file(path);
        if (!library.repository().isFile(file)) {
            broken(image, "does not exist" + (path.startsWith(COMMITTED) ? ", and the demo bank has not made it" : ""));
            return;
        }
        byte[] bytes = library.repository().bytes(file);
        Optional<Png> size = Png.read(bytes);
        if (size.isEmpty()) {
            broken(image, "is no PNG");
            return;
        }
        library.publish(Document.inGuide(path), bytes);
        image.setDestination(document.relative(Document.inGuide(path)));
        sizes.put(image, size.get());
        Link link = new Link(image.getDestination(), null); // shows it in its full size
        image.insertBefore(link);
        link.appendChild(image);
    }

    private String file(String path) {
        if (path.startsWith(COMMITTED)) {
            String fresh = FRESH + path.substring(COMMITTED.length());
            return library.repository().isFile(fresh) ? fresh : path;
        }
        return path;
    }

    private void broken(Image image, String why) {
        problems.add(document.path(), "The image (" + image.getDestination() + ") " + why + ".");
    }
}
