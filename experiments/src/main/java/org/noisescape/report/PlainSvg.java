package org.noisescape.report;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.noisescape.files.InputFile;
import org.noisescape.files.WrongFile;

/**
 * A drawing from a file that anyone may have written: shapes and text, as {@link FigureFiles} draws
 * them, and nothing that runs, or that reaches beyond the drawing.
 *
 * <p>Elements, attributes and properties of style are those on a list; anything else is refused.
 * The markup is written anew, so that a browser reads in it what was looked at here.
 */
final class PlainSvg {
  private static final int LONGEST = 1 << 26;

  private static final Set<String> SHAPES =
      Set.of(
          "svg",
          "g",
          "defs",
          "clipPath",
          "path",
          "line",
          "rect",
          "circle",
          "ellipse",
          "text",
          "tspan",
          "polygon",
          "polyline");

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "style",
          "clip-path",
          "d",
          "x",
          "y",
          "x1",
          "y1",
          "x2",
          "y2",
          "dy",
          "cx",
          "cy",
          "r",
          "rx",
          "ry",
          "points",
          "width",
          "height",
          "id",
          "viewBox",
          "transform",
          "preserveAspectRatio");

  private static final Map<String, String> NAMESPACES =
      Map.of(
          "", "http://www.w3.org/2000/svg",
          "xlink", "http://www.w3.org/1999/xlink",
          "jfreesvg", "http://www.jfree.org/jfreesvg/svg");

  /** Properties of style, and their values without colours: words and numbers. */
  private static final Pattern PROPERTY =
      Pattern.compile("(fill|stroke|font|shape-rendering|text|opacity|clip-rule)[a-z-]*+");

  private static final Pattern COLOUR = Pattern.compile("rgb\\([0-9, ]*+\\)");
  private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9.,%# -]*+");

  private static final Pattern REFERENCE = Pattern.compile("url\\(#[A-Za-z0-9._-]+\\)");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,+() \\t\\r\\n-]*+");

  private final Path file;
  private final StringBuilder markup = new StringBuilder();

  private PlainSvg(Path file) {
    this.file = file;
  }

  /**
   * The markup of a file; empty where the file is, because there were no fonts to draw with.
   *
   * @throws WrongFile naming what does not belong there
   */
  static String read(Path file) {
    String text = InputFile.text(file, LONGEST).strip();
    if (text.isEmpty()) {
      return "";
    }
    PlainSvg svg = new PlainSvg(file);
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    try {
      XMLStreamReader in = factory.createXMLStreamReader(new StringReader(text));
      svg.copy(in);
      in.close();
    } catch (XMLStreamException e) {
      throw new WrongFile(file, "is no SVG: " + e.getMessage().lines().reduce("", (a, b) -> b), e);
    }
    return svg.markup.toString();
  }

  private void copy(XMLStreamReader in) throws XMLStreamException {
    // an element is closed as empty where nothing came between
    boolean open = false;
    int depth = 0;
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          markup.append(open ? ">" : "");
          start(in, depth++);
          open = true;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          markup.append(open ? "/>" : "</" + in.getLocalName() + ">");
          open = false;
          depth--;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA -> {
          markup.append(open ? ">" : "").append(escaped(in.getText()));
          open = false;
        }
        case XMLStreamConstants.COMMENT,
            XMLStreamConstants.START_DOCUMENT,
            XMLStreamConstants.END_DOCUMENT -> {}
        default -> throw refused("a document type, an entity or an instruction");
      }
    }
  }

  private void start(XMLStreamReader in, int depth) {
    String name = in.getLocalName();
    String namespace = in.getNamespaceURI();
    boolean known = SHAPES.contains(name) && (name.equals("svg") == (depth == 0));
    boolean svg = namespace == null || namespace.equals(NAMESPACES.get(""));
    if (!known || !svg || !in.getPrefix().isEmpty()) {
      throw refused("the element '" + name + "'");
    }
    markup.append('<').append(name);
    for (int i = 0; i < in.getNamespaceCount(); i++) {
      String prefix = in.getNamespacePrefix(i) == null ? "" : in.getNamespacePrefix(i);
      if (!in.getNamespaceURI(i).equals(NAMESPACES.get(prefix))) {
        throw refused("the namespace '" + in.getNamespaceURI(i) + "'");
      }
      markup.append(prefix.isEmpty() ? " xmlns" : " xmlns:" + prefix);
      markup.append("='").append(in.getNamespaceURI(i)).append('\'');
    }
    for (int i = 0; i < in.getAttributeCount(); i++) {
      String attribute = in.getAttributeLocalName(i);
      String value = in.getAttributeValue(i);
      String prefix = in.getAttributePrefix(i);
      boolean plain = prefix == null || prefix.isEmpty();
      if (!plain || !ATTRIBUTES.contains(attribute) || !fine(attribute, value)) {
        throw refused("the attribute %s='%s' of '%s'".formatted(attribute, value, name));
      }
      markup.append(' ').append(attribute).append("='").append(escaped(value)).append('\'');
    }
  }

  private static boolean fine(String attribute, String value) {
    return switch (attribute) {
      case "style" -> fineStyle(value);
      case "clip-path" -> REFERENCE.matcher(value).matches();
      default -> PLAIN.matcher(value).matches();
    };
  }

  private static boolean fineStyle(String style) {
    boolean fine = true;
    for (String each : style.split(";")) {
      int colon = each.indexOf(':');
      fine &=
          each.isBlank()
              || (colon > 0
                  && PROPERTY.matcher(each.substring(0, colon).strip()).matches()
                  && WORDS
                      .matcher(COLOUR.matcher(each.substring(colon + 1)).replaceAll(""))
                      .matches());
    }
    return fine;
  }

  private static String escaped(String text) {
    return Html.escape(text).replace("'", "&#39;");
  }

  private WrongFile refused(String what) {
    return new WrongFile(
        file, "holds %s, which no figure of this program has; draw it again".formatted(what));
  }
}
