package dev.watchword.demo.customer;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Problems and values that one page shows until its visitor opens another page. The session keeps them.
 *
 * @param user the login ID of the visitor
 * @param path the path of the page
 * @param problems the problems of the form that was sent
 * @param values what the form keeps, which is no secret
 */
record Kept(String user, String path, List<Problem> problems, Map<String, String> values) implements Serializable {
    static final Kept NOTHING = new Kept("", "", List.of(), Map.of());
}
