package dev.watchword.guide;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/**
 * A document and its place in the guide.
 *
 * @param path the file in the repository
 * @param page the page in the guide
 * @param root its contents
 * @param headings its headings
 */
record Document(String path, String page, Node root, Headings headings) {
    static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

    static Document parse(String path, String markdown, Problems problems) {
        Node root = PARSER.parse(markdown);
        Headings headings = Headings.of(path, root, problems);
        if (headings.inOrder().stream().filter(section -> section.level() == 1).count() != 1) {
            problems.add(path, "It needs exactly one heading of the first level, which is its title.");
        }
        return new Document(path, page(path), root, headings);
    }

    /** Returns the page of a document: without the folders docs and guide, in small letters. */
    private static String page(String path) {
        return inGuide(path).replaceFirst("\\.md$", ".html").toLowerCase(Locale.ROOT);
    }

    /** Returns the place of a file of the repository in the guide. */
    static String inGuide(String path) {
        return path.replaceFirst("^docs/(guide/)?", "");
    }

    String title() {
        return headings.inOrder().stream()
                .filter(section -> section.level() == 1)
                .map(Section::text)
                .findFirst()
                .orElse(path);
    }

    /** Returns whether the document begins with a list of links to its own sections. */
    boolean listsItsSections() {
        for (Node node = root.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() > 1) {
                return false;
            }
            if (node instanceof BulletList) {
                return beginsWithLinkToSection(node);
            }
        }
        return false;
    }

    private static boolean beginsWithLinkToSection(Node list) {
        for (Node first = list; first != null; first = first.getFirstChild()) {
            if (first instanceof Link link) {
                return link.getDestination().startsWith("#");
            }
        }
        return false;
    }

    Optional<Section> section(String anchor) {
        return headings.inOrder().stream()
                .filter(section -> section.anchor().equals(anchor))
                .findFirst();
    }

    /** Returns the address of a file of the guide, relative to this page. */
    String relative(String file) {
        return "../".repeat((int) page.chars().filter(c -> c == '/').count()) + file;
    }

    /** Returns the path in the repository that a link of this document leads to. It can begin with "..". */
    String resolve(String target) {
        return Path.of(path).resolveSibling(target).normalize().toString().replace('\\', '/');
    }
}
