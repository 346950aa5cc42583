package org.noisescape.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The script of a page, and the numbers it reads: each figure's, as JSON beside its drawing.
 *
 * <p>The page's policy allows this script and no other, by its digest, and nothing that is loaded.
 * The JSON is ASCII without {@code <}, {@code >} and {@code &}, so that whatever names a run folder
 * holds, it ends no element.
 */
final class PageScript {
  /** Characters of one figure's numbers; a figure of more has none in the page. */
  static final int MOST = 200_000;

  private static final MathContext DIGITS = new MathContext(6);

  private static final ObjectWriter WRITER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build().writer();

  private static final String TEXT = text();

  private PageScript() {}

  /** The element with the policy, for the head. */
  static String policy() {
    return "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
        + " 'unsafe-inline'; script-src 'sha256-"
        + digest()
        + "'; base-uri 'none'; form-action 'none'\"/>\n";
  }

  /** The script as an element. */
  static String element() {
    return "<script>" + TEXT + "</script>\n";
  }

  /** The numbers of a figure as an element; nothing where they are not known or too many. */
  static String numbers(FigureFiles.Drawn drawn) {
    if (drawn.figure().isEmpty() || drawn.geometry().isEmpty() || drawn.svg().isEmpty()) {
      return "";
    }
    ObjectNode node = FigureData.of(drawn.figure().get(), drawn.geometry());
    node.remove(List.of(FigureData.NAME, FigureData.TITLE, FigureData.CAPTION));
    node.withArray(FigureData.MARKS).forEach(PageScript::round);
    String json = json(node);
    return json.length() > MOST ? "" : "<script type=\"application/json\">" + json + "</script>\n";
  }

  /** Lists of numbers to what a reader can see; the folder has them whole. */
  private static void round(JsonNode node) {
    if (node instanceof ArrayNode list && !list.isEmpty() && !list.get(0).isContainerNode()) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i).isDouble()) {
          list.set(i, rounded(list.get(i).doubleValue()));
        }
      }
    } else {
      node.forEach(PageScript::round);
    }
  }

  private static JsonNode rounded(double value) {
    double kept = BigDecimal.valueOf(value).round(DIGITS).doubleValue();
    return kept == Math.rint(kept) && Math.abs(kept) < 1e9
        ? LongNode.valueOf((long) kept)
        : DoubleNode.valueOf(kept);
  }

  static String json(ObjectNode node) {
    try {
      return WRITER
          .writeValueAsString(node)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u007f", "\\u007f");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is written without files", e);
    }
  }

  private static String digest() {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(TEXT.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Marked as characters for readers of XML, as a comment for those of scripts. */
  private static String text() {
    try (InputStream in = PageScript.class.getResourceAsStream("report.js")) {
      return "/*<![CDATA[*/\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8) + "/*]]>*/";
    } catch (IOException e) {
      throw new IllegalStateException("the script is beside the classes", e);
    }
  }
}
