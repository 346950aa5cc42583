package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ComparisonTest {
  @TempDir Path folder;

  private Path runs;
  private Path quiet;

  @BeforeEach
  void makeRuns() throws IOException {
    runs = folder.resolve("runs");
    RunFolders.training(runs.resolve("t1"), 1, "0.1", 1, 3, "COMPLETED");
    RunFolders.training(runs.resolve("t2"), 2, "0.1", 3, 3, "DIVERGED");
    quiet = RunFolders.training(runs.resolve("t3"), 2, "0.2", 1, 3, "");
    RunFolders.experiment(runs.resolve("e1"), "mori/x", "standard", "AGREES");
    RunFolders.experiment(runs.resolve("e2"), "mori/x", "quick", "DISAGREES");
    RunFolders.experiment(runs.resolve("e3"), "liu/y", "quick", "INCONCLUSIVE");
    Files.createDirectories(runs.resolve("notes"));
  }

  @Test
  void pageLoadsNothingAndItsReferencesResolve() throws Exception {
    Document page = parse(report());
    Set<String> identifiers = new HashSet<>();
    List<String> references = new ArrayList<>();
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      NamedNodeMap attributes = element.getAttributes();
      for (int a = 0; a < attributes.getLength(); a++) {
        String name = attributes.item(a).getNodeName();
        String value = attributes.item(a).getNodeValue();
        if (name.equals("id")) {
          assertThat(identifiers.add(value)).as("id %s is unique", value).isTrue();
        } else if (name.endsWith("href") || name.equals("src") || name.equals("data")) {
          assertThat(value).as("%s of %s", name, element.getTagName()).startsWith("#");
          references.add(value.substring(1));
        } else {
          assertThat(value).doesNotContain("http:").doesNotContain("https:");
          url(value, references);
        }
      }
    }
    String style = page.getElementsByTagName("style").item(0).getTextContent();
    assertThat(style).doesNotContain("@import").doesNotContain("url(").doesNotContain("http");
    assertThat(references).isNotEmpty().allMatch(identifiers::contains);
    for (String name : List.of("link", "img", "iframe", "object", "use", "image")) {
      assertThat(page.getElementsByTagName(name).getLength()).as(name).isZero();
    }
  }

  @Test
  void everyPartIsThereAndLinkedFromTheTop() throws Exception {
    String html = report();
    for (String anchor :
        List.of(
            "configurations",
            "curves",
            "noise",
            "spectra",
            "passages",
            "verdicts",
            "differences",
            "run-1",
            "run-6")) {
      assertThat(html).contains("href=\"#" + anchor + "\"").contains("id=\"" + anchor + "\"");
    }
    assertThat(html)
        .contains("(n = 4, 1 run diverged)")
        .contains("(n = 1, 1 run unfinished)")
        .contains("1 COMPLETED")
        .contains("UNFINISHED");
  }

  @Test
  void verdictsAreSortedByExperimentAndPreset() throws Exception {
    String html = report();
    String table = html.substring(html.indexOf("id=\"verdicts\""));
    List<String> order =
        List.of("liu/y</a>", "e2 <span", "e1 <span", "1.432 ± 0.012", "slope &amp; more");
    assertThat(table).contains(order);
    assertThat(table.indexOf("liu/y</a>")).isLessThan(table.indexOf("quick · e2"));
    assertThat(table.indexOf("quick · e2")).isLessThan(table.indexOf("standard · e1"));
    assertThat(table).contains("|slope - 1| &lt; 2 SE");
  }

  @Test
  void onlyWhatDiffersIsCompared() throws Exception {
    String html = report();
    int from = html.indexOf("id=\"differences\"");
    String part = html.substring(from, html.indexOf("</section>", from));
    assertThat(part)
        .contains("<th>learning rate</th>", "<th>seed</th>", "<th>replicas</th>")
        .contains("<th>preset</th>", "<th>steps</th>")
        .doesNotContain("<th>model</th>", "<th>optimizer</th>", "liu/y");
    assertThat(html).as("each run has its whole configuration").contains("<dt>optimizer</dt>");
  }

  @Test
  void aRunWithoutAProbeIsAbsentFromItsDrawing() throws Exception {
    Path metrics = quiet.resolve("metrics.jsonl");
    Files.writeString(
        metrics, Files.readString(metrics).replaceAll(",\"noise_strength\":[^}]*", ""));
    String html = report();
    int from = html.indexOf("id=\"noise\"");
    String part = html.substring(from, html.indexOf("</section>", from));
    assertThat(part).contains("A: η = 0.1").doesNotContain("B: η = 0.2");
    assertThat(part).contains("e3 mlp").doesNotContain("e3 cnn");
  }

  @Test
  void densitiesOfAProbeAreDrawn() throws Exception {
    assertThat(report()).doesNotContain("Density of the eigenvalues");
    Files.writeString(
        quiet.resolve("probe-end.json"),
        """
        {"hessian_density": {"grid": [0, 1, 2], "value": [1, -0.1, 0.5],
                             "standard_error": [0.1, 0.1, 0.1]},
         "ggn_density": {"grid": [[0, 1], [0, 2]], "values": [[1, 2], [2, 1]],
                         "standard_error": [[0, 0], [0, 0]]}}
        """);
    assertThat(report())
        .contains("Density of the eigenvalues of H", "Density of the eigenvalues of G")
        .contains("t3 probe-end");
  }

  @Test
  void severalRunsAreReportedBesideThemAndNothingIsReplaced() throws Exception {
    List<String> before = everything();
    RunSelection selection = RunSelection.of(List.of(runs));
    assertThat(selection.runs()).hasSize(6);
    assertThat(selection.notes())
        .containsExactly(runs.resolve("notes") + " holds no run: left out");
    Path first = selection.defaultPage();
    RunReport.write(selection.runs(), first, Optional.of("A <title>"));

    assertThat(first)
        .isEqualTo(runs.resolve("report-6-runs.html"))
        .content()
        .contains("A &lt;title");
    assertThat(everything()).containsAll(before).hasSize(before.size() + 1);
    assertThat(selection.defaultPage()).isEqualTo(runs.resolve("report-6-runs-2.html"));
    assertThat(RunSelection.of(List.of(quiet)).defaultPage())
        .isEqualTo(quiet.resolve("report.html"));
  }

  @Test
  void aRunNamedTwiceIsThereOnce() {
    assertThat(RunSelection.of(List.of(quiet, runs)).runs()).hasSize(6).startsWith(quiet);
    assertThat(RunSelection.commonParent(List.of(runs, quiet))).isEqualTo(folder);
  }

  @Test
  void aFolderWithoutAnyRunIsOneClearLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunSelection.of(List.of(runs.resolve("notes"))))
        .withMessageContaining("notes holds no run, nor does a folder in it");
  }

  @Test
  void manyConfigurationsKeepDistinctStyles() throws Exception {
    List<Path> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      many.add(
          RunFolders.training(
              folder.resolve("many/run" + i), 1, "0." + (i + 1) + "1", 1, 40, "COMPLETED"));
    }
    Path out = folder.resolve("many.html");
    RunReport.write(many, out);
    String html = Files.readString(out);
    parse(html);
    // 30 runs of 4 small drawings; a drawing without points is some 20 kB
    assertThat(html.length()).isLessThan(30 * 4 * 40_000);
    assertThat(html).contains("Colours and strokes repeat.").contains("A2").contains("D2");
  }

  private List<String> everything() throws IOException {
    try (Stream<Path> files = Files.walk(runs)) {
      List<String> all = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.add(file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
      return all;
    }
  }

  private static void url(String value, List<String> references) {
    java.util.regex.Pattern.compile("url\\(([^)]*)\\)")
        .matcher(value)
        .results()
        .forEach(
            match -> {
              assertThat(match.group(1)).startsWith("#");
              references.add(match.group(1).substring(1));
            });
  }

  private String report() throws IOException {
    Path out = folder.resolve("out/report.html");
    RunReport.write(RunSelection.of(List.of(runs)).runs(), out);
    return Files.readString(out);
  }

  private static Document parse(String html) throws Exception {
    String body = html.replaceFirst("<!DOCTYPE html>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(body)));
  }
}
