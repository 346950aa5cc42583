package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.files.WrongFile;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RunReportTest {
  @TempDir Path folder;

  private Path training;
  private Path experiment;

  @BeforeEach
  void makeRuns() throws IOException {
    training = Files.createDirectories(folder.resolve("train <1>"));
    Files.writeString(
        training.resolve("manifest.json"),
        """
        {"kind": "train", "seed": 3, "commit": "abc1234", "data": {"train/x": "sha256:00ff"},
         "configuration": {"model": "mlp:5", "dataset": "digits", "probes": [{"name": "noise"}]},
         "engine": {"name": "host", "description": "a & b"}}
        """);
    Files.writeString(
        training.resolve("metrics.jsonl"),
        """
        {"step":0,"epoch":0,"train_loss":2,"train_accuracy":0.1,"noise_strength":9,"gradient_norm_squared":1}
        {"step":9,"epoch":1,"train_loss":1,"train_accuracy":0.7,"noise_strength":5,"gradient_norm_squared":0.5}
        """);
    Files.writeString(training.resolve("result.json"), "{\"outcome\": \"COMPLETED\"}");
    experiment = Files.createDirectories(folder.resolve("experiment"));
    Files.createDirectories(experiment.resolve("tables"));
    Files.writeString(experiment.resolve("tables/fits.csv"), "panel,slope\nmlp,0.98765\n");
    Files.writeString(
        experiment.resolve("manifest.json"),
        """
        {"kind": "experiment", "id": "mori/noise-vs-loss", "title": "Noise", "preset": "quick",
         "source": "Mori et al.", "seed": 4, "settings": {"mlp-lr": "0.1"}}
        """);
    Files.writeString(
        experiment.resolve("outcome.json"),
        """
        {"id": "mori/noise-vs-loss", "preset": "quick", "verdict": "DISAGREES",
         "criterion": "|slope - 1| <= 0.15",
         "measurements": [{"name": "slope", "value": 1.4321, "standard_error": 0.012, "theory": 1,
                           "verdict": "DISAGREES"}]}
        """);
    Points points = new Points("a", 0, new double[] {1, 2}, new double[] {3, 4}, new double[0]);
    Axis axis = new Axis("x", Scale.LOG);
    FigureFiles.write(
        experiment,
        List.of(new Figure("noise", "Noise & \"loss\"", "N ∝ L", axis, axis, List.of(points))));
  }

  @Test
  void pageIsWellFormedAndSelfContained() throws Exception {
    String html = report(experiment, training);

    Document document = parse(html);
    assertThat(html).doesNotContain("http:").doesNotContain("https:").doesNotContain("url(\"");
    for (String name : List.of("link", "img", "iframe", "object")) {
      assertThat(document.getElementsByTagName(name).getLength()).isZero();
    }
    // the numbers of each figure, and one script that reads them
    assertThat(document.getElementsByTagName("script").getLength()).isEqualTo(10 + 1);
    assertThat(html).doesNotContain(" src=");
    assertThat(html).contains("prefers-color-scheme: dark").contains("width=device-width");
    // of the comparison a swatch, the training loss, the noise twice, accuracy and gradient; of
    // the runs five
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(1 + 6 + 4);
  }

  @Test
  void identifiersAreUniqueAndReferencesResolve() throws Exception {
    String html = report(experiment, training, training);

    Set<String> identifiers = new HashSet<>();
    NodeList all = parse(html).getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      String id = ((Element) all.item(i)).getAttribute("id");
      if (!id.isEmpty()) {
        assertThat(identifiers.add(id)).as("id %s is unique", id).isTrue();
      }
    }
    List<String> references =
        java.util.regex.Pattern.compile("url\\(#([^)]+)\\)")
            .matcher(html)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(references).isNotEmpty().allMatch(identifiers::contains);
  }

  @Test
  void experimentShowsVerdictNumbersFiguresAndTables() throws IOException {
    assertThat(report(experiment))
        .contains("DISAGREES")
        .contains("|slope - 1| &lt;= 0.15")
        .contains("1.432 ± 0.012")
        .contains("Noise &amp; &quot;loss&quot;")
        .contains("mlp-lr")
        .contains("0.9877");
  }

  @Test
  void trainingShowsCurvesLastValuesAndProvenance() throws IOException {
    assertThat(report(training))
        .contains("Training mlp:5 on digits")
        .contains("COMPLETED")
        .contains("noise_strength")
        .contains("abc1234")
        .contains("sha256:00ff")
        .contains("a &amp; b")
        .contains("train &lt;1&gt;");
    assertThat(training.resolve("figures/noise-vs-loss.svg")).isNotEmptyFile();
  }

  @Test
  void whatWasMeasuredLastHasItsErrorAndSaysWhereItDidNotConverge() throws IOException {
    Files.writeString(
        training.resolve("metrics.jsonl"),
        """
        {"step":0,"epoch":0,"train_loss":2,"train_loss_standard_error":0.25,"hessian_trace":7,"hessian_trace_converged":0}
        {"step":9,"epoch":1,"train_loss":1,"train_loss_standard_error":0.125}
        """);
    assertThat(report(training))
        .contains("<td class=\"number\">1.00 ± 0.13</td>")
        .contains("<td class=\"number\">7 (not converged) (epoch 0)</td>");
  }

  @Test
  void settingsThatAreNotTheDefaultsComeFirst() throws IOException {
    Path manifest = training.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("\"dataset\"", "\"batch\": 7, \"epochs\": 10.0, \"dataset\""));
    String page = report(training);
    String chosen =
        page.substring(
            page.indexOf("Settings that are not the defaults"),
            page.indexOf("Settings as the defaults (1)"));
    assertThat(chosen).contains("batch", "mlp:5", "digits", "noise").doesNotContain("epochs");
    assertThat(page.substring(page.indexOf("Settings as the defaults (1)"))).contains("epochs");
  }

  @Test
  void whatAProbeSaidIsShownForOneRun() throws IOException {
    Files.writeString(
        training.resolve("probe.json"),
        """
        {"hessian_top": {"value": [3, 2, 1], "residual": [0.1, 0.1, 0.1], "converged": false, "k": 3},
         "hessian_density": {"value": [0, 1], "standard_error": [0, 0.1], "grid": [0, 1]},
         "gram_spectrum": {"value": [2, 1], "histogram": {"edges": [1, 10, 100], "counts": [3, 4]}},
         "loss": {"value": 0.5, "standard_error": 0.01, "exact": true},
         "alignment": {"value": null, "undefined": "H or S is zero"},
         "odd": ["a <b>", {"c": 1}], "stopped": true}
        """);
    String page = report(training);
    assertThat(page)
        .contains("0.500 ± 0.010", "3.00 ± 0.10, 2.00 ± 0.10", "not converged")
        .contains("undefined H or S is zero", "a &lt;b&gt;, c: 1")
        .contains("Density of the eigenvalues, hessian-density", "gram-spectrum: histogram");
    assertThat(training.resolve("figures/probe-hessian-top.svg")).isNotEmptyFile();
  }

  @Test
  void tagsAndNotesAreShown() throws IOException {
    Files.writeString(
        training.resolve("annotations.json"),
        "{\"tags\": [\"good\"], \"notes\": [{\"time\": \"2026\", \"text\": \"<i>why</i>\"}]}");
    assertThat(report(training, experiment))
        .contains("<span class=\"tag\">good</span>", "&lt;i&gt;why&lt;/i&gt;");
  }

  @Test
  void ordinalsAreEnglish() {
    assertThat(IntStream.of(1, 2, 3, 4, 11, 12, 13, 21, 22, 111).mapToObj(RunSection::ordinal))
        .containsExactly(
            "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "111th");
  }

  @Test
  void inkGridAndColoursAreThePages() throws IOException {
    assertThat(report(experiment))
        .contains("var(--ink)", "var(--grid)", "var(--c0)")
        .doesNotContain("rgb(33,37,41)");
  }

  @Test
  void runWithoutMeasurementsIsShownAsUnfinished() throws IOException {
    Files.delete(training.resolve("metrics.jsonl"));
    Files.delete(training.resolve("result.json"));

    assertThat(report(training)).contains("UNFINISHED");
  }

  @Test
  void nothingOutsideOfTheFolderIsShown() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "{\"outcome\": \"SECRET\"}");
    for (String name :
        List.of("result.json", "metrics.jsonl", "probe.json", "manifest.json", "figures")) {
      Path file = training.resolve(name);
      Path kept = folder.resolve("kept");
      boolean there = Files.exists(file);
      if (there) {
        Files.move(file, kept);
      }
      Files.createSymbolicLink(file, secret);
      assertThatThrownBy(() -> report(training))
          .as(name)
          .isInstanceOf(WrongFile.class)
          .hasMessageStartingWith(file + ": leads out of the folder");
      Files.delete(file);
      if (there) {
        Files.move(kept, file);
      }
    }
    Path svg = experiment.resolve("figures/figures.json");
    Files.writeString(
        svg, Files.readString(svg).replaceFirst("\"name\" : \"[^\"]*\"", "\"name\": \"../x\""));
    assertThatThrownBy(() -> report(experiment)).hasMessageContaining("field 'name' must be");
  }

  @Test
  void controlCharactersMakeNoBrokenPage() throws Exception {
    Path manifest = training.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("mlp:5", "mlp:5\\u0000\\u001b[31m\\ud800\\uffff"));
    String page = report(training);
    assertThat(page).contains("mlp:5\\u0000\\u001b[31m\\ud800\\uffff");
    parse(page);
  }

  @Test
  void aLinkInThePlaceOfThePageIsReplaced() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    Path page = Files.createSymbolicLink(folder.resolve("page.html"), precious);
    RunReport.write(List.of(training), page);
    assertThat(precious).hasContent("precious");
    assertThat(Files.isSymbolicLink(page)).isFalse();
  }

  @Test
  void folderWithoutARunIsOneClearLine() {
    Path out = folder.resolve("report.html");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunReport.write(List.of(folder), out))
        .withMessageContaining("holds no run");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunReport.write(List.of(folder.resolve("nowhere")), out))
        .withMessageContaining("no such run folder");
    assertThat(out).doesNotExist();
  }

  private String report(Path... runs) throws IOException {
    Path out = folder.resolve("out").resolve("report.html");
    RunReport.write(List.of(runs), out);
    return Files.readString(out);
  }

  private static Document parse(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    String body = html.replaceFirst("<!DOCTYPE html>", "");
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(body)));
  }
}
