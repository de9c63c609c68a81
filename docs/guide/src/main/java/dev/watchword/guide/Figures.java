package dev.watchword.guide;

import dev.watchword.guide.picture.BenchmarkPlots;
import dev.watchword.guide.picture.Measurements;
import dev.watchword.guide.picture.ModulePicture;
import dev.watchword.guide.picture.Modules;
import dev.watchword.guide.picture.PictureException;
import dev.watchword.guide.picture.StateDiagram;
import dev.watchword.guide.picture.StatePicture;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;

/**
 * A visitor that draws the pictures of a document. A Mermaid listing becomes its picture. A comment such as
 * {@code <!-- figure: modules -->} becomes the picture that it names. All other comments disappear.
 */
final class Figures extends AbstractVisitor {
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--(.*?)-->\\s*");
    private static final Pattern FIGURE = Pattern.compile("\\s*figure:\\s*(\\S*)\\s*(.*?)\\s*");

    private final Document document;
    private final Repository repository;
    private final Problems problems;

    Figures(Document document, Repository repository, Problems problems) {
        this.document = document;
        this.repository = repository;
        this.problems = problems;
    }

    @Override
    public void visit(FencedCodeBlock listing) {
        if (listing.getInfo().startsWith("mermaid")) {
            replace(listing, () -> List.of(StatePicture.draw(StateDiagram.parse(listing.getLiteral()))));
        }
    }

    @Override
    public void visit(HtmlBlock html) {
        Matcher comment = COMMENT.matcher(html.getLiteral());
        if (!comment.matches()) {
            return; // The renderer escapes it.
        }
        Matcher figure = FIGURE.matcher(comment.group(1));
        if (figure.matches()) {
            replace(html, () -> figure(figure.group(1), figure.group(2)));
        } else {
            html.unlink();
        }
    }

    @Override
    public void visit(HtmlInline html) {
        if (COMMENT.matcher(html.getLiteral()).matches()) {
            html.unlink();
        }
    }

    private List<String> figure(String name, String file) throws IOException {
        return switch (name) {
            case "modules" -> List.of(ModulePicture.draw(Modules.read(repository.root())));
            case "benchmarks" -> BenchmarkPlots.draw(Measurements.read(measurements(file)));
            default -> throw new IOException("There is no figure \"" + name + "\"; use modules or benchmarks.");
        };
    }

    private String measurements(String file) throws IOException {
        String path = document.resolve(file);
        if (!repository.isFile(path)) {
            throw new IOException(file + " does not exist.");
        }
        return repository.text(path);
    }

    private void replace(Node node, Drawing drawing) {
        try {
            drawing.draw().forEach(svg -> node.insertBefore(Markup.figure(svg)));
        } catch (PictureException | IOException e) {
            problems.add(document.path(), String.valueOf(e.getMessage()));
        }
        node.unlink();
    }

    /** Makes the pictures in the place of a node. */
    private interface Drawing {
        List<String> draw() throws IOException;
    }
}
