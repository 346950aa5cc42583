package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the script of a page is given, and that nothing else can run there. */
class PageScriptTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><!-- ]]> & \u202e \u0007 \uffff";

  @TempDir Path folder;

  private String page(Figure... figures) throws IOException {
    Path run = RunFolders.training(folder.resolve("run"), 1, "0.1", 1, 3, "COMPLETED");
    FigureFiles.write(run, List.of(figures));
    ReportPage page = new ReportPage("A page", run);
    page.figures(IntStream.range(0, figures.length).mapToObj(i -> figures[i].name()).toList());
    Path file = folder.resolve("page.html");
    page.write(file);
    return Files.readString(file);
  }

  private static Figure figure(String text, int points) {
    double[] x = IntStream.rangeClosed(1, points).asDoubleStream().toArray();
    return Figure.titled("a", text)
        .x(text)
        .logY(text)
        .spread(0, x, x, new double[points])
        .line(text, 0, x, x)
        .captioned(text);
  }

  private static List<Element> scripts(String html) throws Exception {
    NodeList found =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(html.replaceFirst("<!DOCTYPE html>", ""))))
            .getElementsByTagName("script");
    List<Element> scripts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      scripts.add((Element) found.item(i));
    }
    return scripts;
  }

  /** As a browser reads it: what runs is the text between the tags. */
  @Test
  void onlyTheScriptWhoseDigestThePolicyNamesRuns() throws Exception {
    String html = page(figure("plain", 3));
    List<String> running =
        Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL)
            .matcher(html)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(running).hasSize(1);
    byte[] sum =
        MessageDigest.getInstance("SHA-256")
            .digest(running.getFirst().getBytes(StandardCharsets.UTF_8));
    assertThat(html)
        .contains("default-src 'none'")
        .contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(sum) + "'");
    assertThat(running.getFirst())
        .doesNotContain("innerHTML", "eval(", "fetch(", "http", "import(", "document.write")
        .doesNotContain("</");
    assertThat(running.getFirst().lines().count()).isLessThan(332);
  }

  @Test
  void textsOfSomeoneElsesFolderEndNoElementAndAreReadAsTheyWere() throws Exception {
    String html = page(figure(HOSTILE, 3));
    List<Element> scripts = scripts(html);
    assertThat(scripts).hasSize(2);
    assertThat(Pattern.compile("<script").matcher(html).results().count()).isEqualTo(2);
    Matcher data =
        Pattern.compile("<script type=\"application/json\">(.*?)</script>", Pattern.DOTALL)
            .matcher(html);
    assertThat(data.find()).isTrue();
    assertThat(data.group(1)).matches("[\\x20-\\x7e]+").doesNotContain("<", ">", "&");
    JsonNode json = new ObjectMapper().readTree(data.group(1));
    assertThat(json.path("x").path("label").asText()).isEqualTo(HOSTILE);
    assertThat(json.path("marks").get(1).path("name").asText()).isEqualTo(HOSTILE);
  }

  /** What the script goes by: a drawing beside the numbers, and where in it they lie. */
  @Test
  void numbersLieBesideTheirDrawingAndWithinIt() throws Exception {
    for (Element script : scripts(page(figure("plain", 40)))) {
      if (script.getAttribute("type").equals("application/json")) {
        Element figure = (Element) script.getParentNode();
        assertThat(figure.getTagName()).isEqualTo("figure");
        Element svg = (Element) figure.getElementsByTagName("svg").item(0);
        String[] box = svg.getAttribute("viewBox").split(" ");
        JsonNode json = new ObjectMapper().readTree(script.getTextContent());
        JsonNode plot = json.path("plot");
        assertThat(plot.path("left").asDouble() + plot.path("width").asDouble())
            .isBetween(0.5 * Double.parseDouble(box[2]), Double.parseDouble(box[2]));
        assertThat(plot.path("top").asDouble() + plot.path("height").asDouble())
            .isBetween(0.5 * Double.parseDouble(box[3]), Double.parseDouble(box[3]));
        assertThat(plot.path("y").path("scale").asText()).isEqualTo("log");
        for (JsonNode x : json.path("marks").get(1).path("x")) {
          assertThat(x.asDouble())
              .isBetween(
                  plot.path("x").path("low").asDouble(), plot.path("x").path("high").asDouble());
        }
        return;
      }
    }
    throw new AssertionError("no numbers in the page");
  }

  @Test
  void aFigureOfTooManyNumbersIsDrawnWithoutThem() {
    PlotGeometry.Reach reach = new PlotGeometry.Reach(0, 1, Figure.Scale.LINEAR);
    PlotGeometry plot = new PlotGeometry(1, 1, 9, 9, reach, reach);
    for (int points : new int[] {10, 30_000}) {
      double[] many = IntStream.range(0, points).asDoubleStream().map(i -> i + 0.1234).toArray();
      Figure figure = Figure.titled("a", "A").points("p", 0, many, many).captioned("");
      String numbers =
          PageScript.numbers(
              new FigureFiles.Drawn(
                  "a", "A", "", "<svg/>", Optional.of(figure), Optional.of(plot)));
      assertThat(numbers.isEmpty()).isEqualTo(points > 10);
    }
  }
}
