package dev.watchword.guide;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Link;
import org.commonmark.node.Text;

/** A visitor that turns the links of a document into links of its page. Each link inside the repository must lead somewhere. */
final class Links extends AbstractVisitor {
    private static final Set<String> SCHEMES = Set.of("https", "http", "mailto");

    /** The folder whose files the guide contains as they are. */
    private static final String DATA = "docs/figures/";

    private final Document document;
    private final Library library;
    private final String source;
    private final Problems problems;

    /**
     * Creates a visitor.
     *
     * @param source the address at which the files of the repository are shown, or an empty text
     */
    Links(Document document, Library library, String source, Problems problems) {
        this.document = document;
        this.library = library;
        this.source = source;
        this.problems = problems;
    }

    @Override
    public void visit(Link link) {
        visitChildren(link);
        try {
            rewrite(link, new URI(link.getDestination()));
        } catch (URISyntaxException e) {
            broken(link, "is no address");
        }
    }

    private void broken(Link link, String why) {
        problems.add(document.path(), "The link (" + link.getDestination() + ") " + why + ".");
    }

    private void rewrite(Link link, URI target) {
        if (target.getScheme() != null) {
            if (!SCHEMES.contains(target.getScheme())) {
                broken(link, "has a scheme other than https, http and mailto");
            }
            return;
        }
        String path = target.getPath().isEmpty() ? document.path() : document.resolve(target.getPath());
        Optional<Document> linked = library.document(path);
        if (target.getAuthority() != null || !library.repository().exists(path)) {
            broken(link, "leads to no file");
        } else if (linked.isPresent()) {
            toPage(link, linked.get(), target);
        } else if (target.getFragment() != null) {
            broken(link, "leads to an anchor of a file that is no page of the guide");
        } else if (path.startsWith(DATA) && library.repository().isFile(path)) {
            library.publish(Document.inGuide(path), library.repository().bytes(path));
            link.setDestination(document.relative(Document.inGuide(path)));
        } else if (!source.isEmpty()) {
            link.setDestination(source + path);
        } else {
            toName(link, path);
        }
    }

    private void toPage(Link link, Document linked, URI target) {
        String page = document.relative(linked.page());
        String anchor = target.getFragment();
        if (anchor == null) {
            link.setDestination(page);
            return;
        }
        Optional<Section> section = linked.section(anchor);
        if (section.isEmpty()) {
            broken(link, "leads to an anchor that " + linked.path() + " does not have");
        } else if (section.get().isRepeated()) {
            broken(link, "is ambiguous, because " + linked.path() + " has several headings with this text");
        }
        link.setDestination((target.getPath().isEmpty() ? "" : page) + "#" + target.getRawFragment());
    }

    /** Replaces the link by its text and the name of the file. */
    private static void toName(Link link, String path) {
        if (Headings.text(link).equals(path)) {
            link.insertBefore(new Code(path));
        } else {
            while (link.getFirstChild() != null) {
                link.insertBefore(link.getFirstChild());
            }
            link.insertBefore(new Text(" ("));
            link.insertBefore(new Code(path));
            link.insertBefore(new Text(")"));
        }
        link.unlink();
    }
}
