package dev.watchword.demo.visit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jsoup.Connection.KeyVal;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jspecify.annotations.Nullable;

/** A visitor whose browser runs no scripts and applies no styles: a client of HTTP that reads HTML. */
public final class HttpVisitor implements Visitor {
    private static final int MAX_REDIRECTS = 5;
    private static final String BOUNDARY = "the-end-of-a-part-of-the-form";

    private final Supplier<URI> site;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client;
    private final String language;
    private Document page = Document.createShell("about:blank");
    private int status;
    private String body = "";
    private HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);

    /**
     * Creates a visitor without cookies.
     *
     * @param site the address of the instance that serves the next request
     * @param language the language that the browser prefers
     */
    public HttpVisitor(Supplier<URI> site, Locale language) {
        this.site = site;
        this.language = language.toLanguageTag();
        client = HttpClient.newBuilder().cookieHandler(cookies).build();
    }

    /** {@return the status of the last answer} */
    public int status() {
        return status;
    }

    /**
     * Returns a header of the last answer.
     *
     * @param name its name
     * @return its value; empty if the answer has none
     */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** {@return the last answer as it was sent} */
    public String body() {
        return body;
    }

    /** {@return the whole source of the page} */
    public String source() {
        return page.outerHtml();
    }

    /** {@return the query of the page's address, empty if it has none} */
    public String query() {
        String query = URI.create(page.location()).getRawQuery();
        return query == null ? "" : query;
    }

    /**
     * Counts elements.
     *
     * @param selector a selector of CSS
     * @return the number of elements on the page that it selects
     */
    public int count(String selector) {
        return page.select(selector).size();
    }

    /**
     * Reads elements.
     *
     * @param selector a selector of CSS
     * @return the texts of the elements that it selects, in the order of the page
     */
    public List<String> texts(String selector) {
        return page.select(selector).eachText();
    }

    /** {@return the ID of the session; empty if there is none} */
    public String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("SESSION"))
                .map(HttpCookie::getValue)
                .collect(Collectors.joining());
    }

    /** {@return the CSRF token of the forms of the page} */
    public String csrf() {
        return value("_csrf");
    }

    /**
     * Reads a field that may be hidden.
     *
     * @param name the name of the field, not its label
     * @return its value on the page; empty if there is none
     */
    public String value(String name) {
        return page.select("input[name=" + name + "]").val();
    }

    /**
     * Sends a form that the page may not have.
     *
     * @param path the path
     * @param fields the names and values of its fields
     */
    public void post(String path, Map<String, String> fields) {
        load(form(path, fields));
    }

    /**
     * Sends a form, and stays on the page if the answer is a redirect.
     *
     * @param path the path
     * @param fields the names and values of its fields
     */
    public void stay(String path, Map<String, String> fields) {
        HttpResponse<String> answer = send(form(path, fields).build());
        status = answer.statusCode();
        headers = answer.headers();
    }

    private HttpRequest.Builder form(String path, Map<String, String> fields) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"))));
    }

    @Override
    public void open(String path) {
        load(request(path).GET());
    }

    @Override
    public String path() {
        return URI.create(page.location()).getPath();
    }

    @Override
    public String title() {
        return page.title();
    }

    @Override
    public String text() {
        return page.select("main").text();
    }

    @Override
    public List<String> facts(String name) {
        for (Element header : page.select("main dt, main tbody th")) {
            if (header.text().equals(name)) {
                return header.nextElementSiblings().stream()
                        .takeWhile(next -> !next.tagName().equals("dt"))
                        .map(Element::text)
                        .toList();
            }
        }
        throw new AssertionError("No fact named " + name + " on " + this);
    }

    @Override
    public void fill(String label, String value) {
        labelled(label).val(value);
    }

    @Override
    public void check(String label) {
        Element box = labelled(label);
        if (box.attr("type").equals("radio")) {
            page.select("input[type=radio][name=" + box.attr("name") + "]").removeAttr("checked");
        }
        box.attr("checked", "checked");
    }

    @Override
    public void choose(String label, String option) {
        Element list = labelled(label);
        list.select("option").removeAttr("selected");
        only(list.select("option"), option).attr("selected", "selected");
    }

    @Override
    public void attach(String label, Path file) {
        labelled(label).attr("data-file", file.toString());
    }

    @Override
    public void press(String name) {
        press(only(page.select("button:not([disabled]), a[href]"), name));
    }

    @Override
    public void pressIn(String heading, String name) {
        Element found = only(page.select("main th, main h2, main h3"), heading);
        Element part = found.closest("tr, article, section");
        if (part == null) {
            throw new AssertionError(heading + " heads no row and no section on " + this);
        }
        press(only(part.select("button:not([disabled]), a[href]"), name));
    }

    @Override
    public boolean offers(String name) {
        return page.select("button:not([disabled]), a[href]").stream()
                .anyMatch(each -> each.text().equals(name));
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return status + " " + page.location() + " \"" + title() + "\": " + text();
    }

    private Element labelled(String label) {
        List<Element> fields = new ArrayList<>();
        for (Element each : page.select("label[for]")) {
            if (each.ownText().equals(label)) {
                fields.add(only(page.select("[id=" + each.attr("for") + "]"), null));
            }
        }
        if (fields.size() != 1) {
            throw new AssertionError(fields.size() + " fields are labelled " + label + " on " + this);
        }
        return fields.get(0);
    }

    private Element only(List<Element> candidates, @Nullable String text) {
        List<Element> found = candidates.stream()
                .filter(each -> text == null || each.text().equals(text))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " elements have the text " + text + " on " + this);
        }
        return found.get(0);
    }

    private void press(Element element) {
        if (element.tagName().equals("a")) {
            open(element.absUrl("href"));
            return;
        }
        FormElement form = (FormElement) element.closest("form");
        if (form == null) {
            throw new AssertionError("The button " + element.text() + " is in no form on " + this);
        }
        List<KeyVal> fields = form.formData().stream()
                .filter(field -> form.select("button[name=" + field.key() + "]").isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
        String body = fields.stream()
                .map(field -> encoded(field.key()) + "=" + encoded(field.value()))
                .collect(Collectors.joining("&"));
        if (element.hasAttr("name")) {
            body += (body.isEmpty() ? "" : "&") + encoded(element.attr("name")) + "=" + encoded(element.attr("value"));
        }
        String action = element.hasAttr("formaction") ? element.attr("formaction") : form.attr("action");
        String target = URI.create(page.location()).resolve(action).toString();
        if (form.hasAttr("enctype")) {
            load(upload(target, form, fields));
        } else if (form.attr("method").equalsIgnoreCase("post")) {
            load(request(target)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(body)));
        } else {
            open(target.replaceFirst("\\?.*", "") + "?" + body);
        }
    }

    /** The body has the fields of the form and the file that was attached, if any. */
    private HttpRequest.Builder upload(String target, FormElement form, List<KeyVal> fields) {
        Element file = form.select("input[type=file]").first();
        StringBuilder body = new StringBuilder();
        for (KeyVal field : fields) {
            if (file == null || !field.key().equals(file.attr("name"))) {
                body.append(part(field.key(), "")).append(field.value()).append("\r\n");
            }
        }
        if (file != null && file.hasAttr("data-file")) {
            Path path = Path.of(file.attr("data-file"));
            try {
                body.append(part(file.attr("name"), "; filename=\"" + path.getFileName() + "\""))
                        .append(Files.readString(path))
                        .append("\r\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        body.append("--").append(BOUNDARY).append("--\r\n");
        return request(target)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString(body.toString()));
    }

    private static String part(String name, String file) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + file + "\r\n\r\n";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The path is asked of the instance that serves this request, wherever the page came from. */
    private HttpRequest.Builder request(String path) {
        URI asked = URI.create(path);
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        return HttpRequest.newBuilder(site.get().resolve(asked.getRawPath() + query))
                .header("Accept", "text/html")
                .header("Accept-Language", language);
    }

    private void load(HttpRequest.Builder first) {
        HttpRequest.Builder next = first;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpResponse<String> answer = send(next.build());
            status = answer.statusCode();
            headers = answer.headers();
            body = answer.body();
            if (status < 300 || status >= 400) {
                page = Jsoup.parse(answer.body(), answer.uri().toString());
                return;
            }
            String location = answer.headers().firstValue("Location").orElseThrow();
            next = request(answer.uri().resolve(location).toString()).GET();
        }
        throw new AssertionError(
                "More than " + MAX_REDIRECTS + " redirects at " + next.build().uri());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("The bank does not answer at " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
