package org.noisescape.benchmarks.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of tables is a function of the records. */
class TablesPageTest {
  private static final Setting SETTING =
      new Setting(
          "a CPU, 2 processors, 8.0 GiB of memory",
          "a system",
          "a JVM",
          "0123456789abcdef",
          "clean",
          "2026-11-30T12:00:00Z",
          "host (words)",
          2,
          "float32",
          List.of("PyTorch 2.13, 1 thread"));

  @TempDir Path folder;

  @Test
  void pageOfTheDocumentationIsWhatTheRecordsGive() throws IOException {
    Path page = Path.of("..", "docs", "performance-tables.md");

    assertThat(Files.readString(page))
        .describedAs("run benchmarks/page")
        .isEqualTo(TablesPage.of(TablesPage.read(Path.of("results"))));
  }

  @Test
  void rowsShowTheFastestWayOfEveryLibrary() throws IOException {
    new BenchmarkRecord("step", SETTING, List.of(row()), List.of()).write(folder);

    String page = TablesPage.of(TablesPage.read(folder));

    assertThat(page)
        .contains("## Steps", "`benchmarks/run step`", "commit 0123456789, tree clean")
        .contains("| mlp, sgd | 3 | **noisescape** | 1.00 (0.900–1.10) ms |  | bytes 12 |")
        .contains("|  | 2 | PyTorch 2.13, fast | 2.00 ms | 0.500 (0.400–0.600) |")
        .doesNotContain("slow");
  }

  @Test
  void aimsStandBesideTheLargestRatioOverPyTorch() throws IOException {
    MedianRange less = new MedianRange(0.6, 0.5, 0.7);
    MedianRange more = new MedianRange(0.9, 0.8, 0.95);
    List<LibraryRatio> fastest =
        List.of(
            new LibraryRatio("DL4J 1", new MedianRange(3, 3, 3)),
            new LibraryRatio("PyTorch 1", more),
            new LibraryRatio("PyTorch 2", less));
    List<PeerRow> peers =
        fastest.stream()
            .map(one -> new PeerRow(one.library(), "a way", 7, less, one.ratio(), Map.of()))
            .toList();
    BenchmarkRow row =
        new BenchmarkRow(
            "Steps", "meng-cnn, sgd, B = 100", "ms", 7, less, Map.of(), peers, fastest);
    new BenchmarkRecord("step", SETTING, List.of(row), List.of()).write(folder);

    assertThat(TablesPage.of(TablesPage.read(folder)))
        .contains("## Aims")
        .contains(
            "| Steps: meng-cnn, sgd, B = 100, over PyTorch | ≤ 0.800 | 0.900 (0.800–0.950) | no |");
  }

  private static BenchmarkRow row() {
    MedianRange ratio = new MedianRange(0.5, 0.4, 0.6);
    return new BenchmarkRow(
        "Steps",
        "mlp, sgd",
        "ms",
        3,
        new MedianRange(1, 0.9, 1.1),
        Map.of("bytes", 12.0),
        List.of(
            new PeerRow("PyTorch 2.13", "slow", 3, new MedianRange(4, 4, 4), ratio, Map.of()),
            new PeerRow("PyTorch 2.13", "fast", 2, new MedianRange(2, 2, 2), ratio, Map.of())),
        List.of(new LibraryRatio("PyTorch 2.13", ratio)));
  }

  @Test
  void exponentOfAPowerLawIsFound() {
    List<ScalingCurve.Point> points = List.of(point(1, 3), point(10, 300), point(100, 30_000));

    ScalingCurve curve = ScalingCurve.fitted("work", "N", "ms", "O(N²)", 2, points);

    assertThat(curve.exponent()).isCloseTo(2, within(1e-12));
    assertThat(curve.error()).isCloseTo(0, within(1e-6));
  }

  @Test
  void errorOfAnExponentIsThatOfLeastSquares() {
    // in logarithms to base e: x = 0, 1, 2 and y = 0, 1, 0; slope 0, residual sum 2/3, one degree
    // of freedom
    List<ScalingCurve.Point> points =
        List.of(point(1, 1), point(Math.E, Math.E), point(Math.E * Math.E, 1));

    ScalingCurve curve = ScalingCurve.fitted("work", "N", "ms", "O(1)", 0, points);

    assertThat(curve.exponent()).isCloseTo(0, within(1e-12));
    assertThat(curve.error()).isCloseTo(Math.sqrt(2.0 / 3 / 2), within(1e-12));
  }

  private static ScalingCurve.Point point(double size, double cost) {
    return new ScalingCurve.Point(size, new MedianRange(cost, cost, cost));
  }

  @Test
  void numbersHaveThreeDigits() {
    assertThat(new MedianRange(0.612, 0.58, 0.7).text()).isEqualTo("0.612 (0.580–0.700)");
    assertThat(MedianRange.number(12_345)).isEqualTo("12,345");
    assertThat(MedianRange.number(0)).isEqualTo("0");
    assertThat(MedianRange.number(3.4e-7)).isEqualTo("3.40e-07");
  }
}
