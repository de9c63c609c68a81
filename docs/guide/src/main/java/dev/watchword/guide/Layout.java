package dev.watchword.guide;

import java.util.List;
import java.util.regex.Matcher;

/** The frame around a page: its head, the navigation and the table of its sections. */
final class Layout {
    /** A page with fewer sections needs no table. */
    private static final int LEAST_SECTIONS = 4;

    private final Contents contents;
    private final Library library;

    Layout(Contents contents, Library library) {
        this.contents = contents;
        this.library = library;
    }

    String page(Document document, String html) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'">
                <title>@title</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="@style">
                </head>
                <body>
                <a class="skip" href="#_text">Skip to the text</a>
                <header><a href="@home">Watchword</a><a class="to-pages" href="#_pages">All pages</a></header>
                <div class="columns">
                <main id="_text">
                """.replace("@title", title(document))
                        .replace("@style", document.relative("style.css"))
                        .replace("@home", document.relative("index.html"))
                + "<article>\n" + html.replaceFirst("(?<=</h1>\n)", Matcher.quoteReplacement(sections(document)))
                + "</article>\n</main>\n" + navigation(document) + "</div>\n</body>\n</html>\n";
    }

    private static String title(Document document) {
        String title = Html.escape(document.title());
        return title.contains("Watchword") ? title : title + " – Watchword";
    }

    private static String sections(Document document) {
        List<Section> sections = document.headings().inOrder().stream()
                .filter(section -> section.level() == 2 || section.level() == 3)
                .toList();
        if (sections.size() < LEAST_SECTIONS || document.listsItsSections()) {
            return "";
        }
        StringBuilder list =
                new StringBuilder("<nav class=\"sections\" aria-label=\"Sections\">\n<p>On this page</p>\n<ul>\n");
        sections.forEach(section -> list.append("<li class=\"level-" + section.level() + "\">")
                .append(link("#" + section.anchor(), section.text(), ""))
                .append("</li>\n"));
        return list.append("</ul>\n</nav>\n").toString();
    }

    private String navigation(Document here) {
        StringBuilder groups = new StringBuilder("<nav id=\"_pages\" class=\"pages\" aria-label=\"Pages\">\n");
        for (Contents.Group group : contents.groups()) {
            groups.append("<p>" + Html.escape(group.audience()) + "</p>\n<ul>\n");
            group.documents().stream()
                    .flatMap(path -> library.document(path).stream())
                    .forEach(document -> groups.append("<li>")
                            .append(link(
                                    here.relative(document.page()),
                                    document.title(),
                                    document.equals(here) ? " aria-current=\"page\"" : ""))
                            .append("</li>\n"));
            groups.append("</ul>\n");
        }
        return groups.append("</nav>\n").toString();
    }

    private static String link(String address, String text, String attributes) {
        return "<a href=\"" + Html.escape(address) + "\"" + attributes + ">" + Html.escape(text) + "</a>";
    }
}
