package dev.watchword.demo.visit;

import java.nio.file.Path;
import java.util.List;

/**
 * A person who uses the site as a person does: finds fields by their labels, and buttons and links by their texts. A field, button or
 * link that does not exist, or exists twice, is an {@link AssertionError}.
 */
public interface Visitor extends AutoCloseable {
    /**
     * Opens a page.
     *
     * @param path the path, with a query if there is one
     */
    void open(String path);

    /** {@return the path of the page, without the query} */
    String path();

    /** {@return the title of the page} */
    String title();

    /** {@return the text of the main part of the page, with single spaces} */
    String text();

    /**
     * Returns the values of the list of facts or table row with this name.
     *
     * @param name the term of a {@code dl}, or the row header of a table
     * @return the texts beside it, in the order of the page
     */
    List<String> facts(String name);

    /**
     * Types into the field with this label. What was in the field is replaced.
     *
     * @param label the label, without hints and marks
     * @param value the value
     */
    void fill(String label, String value);

    /**
     * Checks the box or radio button with this label.
     *
     * @param label the label
     */
    void check(String label);

    /**
     * Chooses an option.
     *
     * @param label the label of the list
     * @param option the text of the option
     */
    void choose(String label, String option);

    /**
     * Chooses a file for an upload.
     *
     * @param label the label of the field
     * @param file the file
     */
    void attach(String label, Path file);

    /**
     * Presses the button or follows the link with this text. A disabled button cannot be pressed.
     *
     * @param name the text
     */
    void press(String name);

    /**
     * Presses the only button with this text in the row or section that has this heading.
     *
     * @param heading the row header of a table, or the heading of an article
     * @param name the text of the button or link
     */
    void pressIn(String heading, String name);

    /**
     * Returns whether the page has an enabled button or a link with this text.
     *
     * @param name the text
     * @return whether it can be pressed
     */
    boolean offers(String name);

    /**
     * Takes a picture of the page, if this visitor can.
     *
     * @param name the name of the picture
     */
    default void picture(String name) {}

    @Override
    void close();
}
