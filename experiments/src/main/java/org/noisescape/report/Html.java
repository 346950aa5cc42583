package org.noisescape.report;

import org.noisescape.files.Printable;

/** Builds HTML that is also well-formed XML; all text goes through an escape. */
public final class Html {
  private final StringBuilder text = new StringBuilder();

  /**
   * Text with the characters that mean something in HTML replaced, and those that XML forbids
   * written as escapes.
   */
  public static String escape(String raw) {
    return Printable.lines(raw)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Appends markup as it is. */
  public Html raw(String markup) {
    text.append(markup);
    return this;
  }

  /** Appends an opening tag with attributes in pairs of name and value. */
  public Html open(String name, String... attributes) {
    text.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(' ')
          .append(attributes[i])
          .append("=\"")
          .append(escape(attributes[i + 1]))
          .append('"');
    }
    text.append('>');
    return this;
  }

  /** Appends a closing tag. */
  public Html close(String name) {
    text.append("</").append(name).append(">\n");
    return this;
  }

  /** Appends an element with text in it. */
  public Html element(String name, String content, String... attributes) {
    open(name, attributes);
    text.append(escape(content));
    return close(name);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
