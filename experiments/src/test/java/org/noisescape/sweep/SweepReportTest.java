package org.noisescape.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cells.LocalRunner;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The page and the table of a sweep. */
class SweepReportTest {
  @TempDir Path folder;

  @Test
  void twoKeysAreAMapAndCurvesAndEveryCellHasARow() throws Exception {
    String page = page(FakeRunner.failingIn("002-lr=0.1_batch=1_seed=6"), "lr=0.1,3", "batch=1,2");

    assertThat(page).contains("Failed cells", "out of luck", "7 DONE", "1 FAILED");
    assertThat(folder.resolve("figures").toFile().list())
        .contains("slope-fitted-map-1.svg", "slope-fitted-curve-1.svg");
    // mean of 10 x 0.1 + 5 alone, and of 10 x 3 + 5 and 10 x 3 + 6
    assertThat(page).contains("6.00 ± 0.50", "1 of 2", "35.50 ± 0.50");
    assertThat(page).contains("href=\"cells/001-lr=0.1_batch=1_seed=5/report.html\"");
    assertThat(page).doesNotContain("href=\"cells/002");
    assertThat(wellFormed(page).getElementsByTagName("figure").getLength()).isEqualTo(2);
  }

  @Test
  void oneKeyIsACurveAndNamesAreAnAxis() throws Exception {
    String page = page(FakeRunner.immortal(), "lr=0.1,0.2,0.4", "model=a;");

    assertThat(Files.exists(folder.resolve("figures/slope-fitted-map-1.svg"))).isFalse();
    assertThat(page).contains("slope, fitted over lr");

    SweepAxes axes = SweepAxes.of(Grid.parse(List.of("model=wide,deep", "lr=3,1,2")));
    assertThat(axes.along()).isEqualTo("lr");
    assertThat(axes.curve("model").categories()).containsExactly("wide", "deep");
    assertThat(axes.values().get("lr")).containsExactly("1", "2", "3");
  }

  @Test
  void aSinglePointHasATableOnly() throws Exception {
    String page = page(FakeRunner.immortal(), "lr=0.1");

    assertThat(wellFormed(page).getElementsByTagName("figure").getLength()).isZero();
    assertThat(page).contains("6.50 ± 0.50");
  }

  @Test
  void theTableHasAllDigitsOfAllCells() throws Exception {
    page(FakeRunner.failingIn("003-lr=3_batch=1_seed=5"), "lr=0.1,3", "batch=1");

    assertThat(Files.readAllLines(folder.resolve("cells.csv")))
        .containsExactly(
            "cell,folder,lr,batch,seed,replica,state,outcome,reason,\"slope, fitted\","
                + "\"slope, fitted standard error\",\"slope, fitted theory\"",
            "1,cells/001-lr=0.1_batch=1_seed=5,0.1,1,5,,DONE,AGREES,,6.0,0.5,1.0",
            "2,cells/002-lr=0.1_batch=1_seed=6,0.1,1,6,,DONE,AGREES,,7.0,0.5,1.0",
            "3,cells/003-lr=3_batch=1_seed=5,3,1,5,,FAILED,FAILED,out of luck,,,",
            "4,cells/004-lr=3_batch=1_seed=6,3,1,6,,DONE,DISAGREES,,36.0,0.5,30.0");
  }

  @Test
  void ofManyCellsThePageShowsAsManyAsAreReadAndSaysSo() throws Exception {
    String rates = numbers(20, i -> "0." + (10 + i));
    String batches = numbers(60, i -> Integer.toString(i + 1));
    String page = page(1, FakeRunner.immortal(), "lr=" + rates, "batch=" + batches);

    assertThat(page).contains("1200 DONE", "The first 1000 of 1200; all are in cells.csv.");
    assertThat(page).contains("24 of 60 lines, evenly spread over the grid");
    assertThat(page).contains("batch=1<", "batch=60<");
    assertThat(Files.readAllLines(folder.resolve("cells.csv"))).hasSize(1201);
    // a map and four figures of six lines
    assertThat(wellFormed(page).getElementsByTagName("figure").getLength()).isEqualTo(5);
    assertThat(page.length()).isLessThan(4_000_000);
  }

  @Test
  void aStopWaitsForTheTableOfManyCellsAndForThePageOfFew() throws Exception {
    for (int cells : new int[] {1000, 1001}) {
      SweepRequest request =
          Requests.of(Seeds.CELLS, 1, "lr=" + numbers(cells, i -> Integer.toString(i + 1)));
      Path sweep = folder.resolve(Integer.toString(cells));
      boolean page =
          SweepFolder.hold(
              sweep,
              request,
              List.of("sweep"),
              held ->
                  SweepReport.write(
                      held,
                      new Sweep(held, Requests.SUBJECT, new LocalRunner(FakeRunner.immortal(), 1))
                          .run((r, left) -> {}, () -> true),
                      true));
      assertThat(page).isEqualTo(cells == 1000);
      assertThat(Files.exists(sweep.resolve("sweep.html"))).isEqualTo(page);
      assertThat(Files.readAllLines(sweep.resolve("cells.csv"))).hasSize(cells + 1);
    }
  }

  private static String numbers(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(","));
  }

  private String page(LocalRunner.OneCell runner, String... grid) throws IOException {
    return page(2, runner, grid);
  }

  private String page(int seeds, LocalRunner.OneCell runner, String... grid) throws IOException {
    SweepRequest request = Requests.of(Seeds.CELLS, seeds, grid);
    SweepFolder.hold(
        folder,
        request,
        List.of("sweep", "<b>"),
        held -> {
          SweepReport.write(
              held,
              new Sweep(held, Requests.SUBJECT, new LocalRunner(runner, 1))
                  .run((r, left) -> {}, () -> false),
              false);
          return null;
        });
    return Files.readString(folder.resolve("sweep.html"));
  }

  private static Document wellFormed(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page.replace("<!DOCTYPE html>", ""))));
  }
}
