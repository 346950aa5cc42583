package org.noisescape.spark.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.JavaCommand;
import org.noisescape.spark.HeardWatch;
import org.noisescape.spark.StandInCells;
import org.noisescape.spark.driver.Desks;

/** What executors and the driver say to each other, without Spark between them. */
class DeskTest {
  @TempDir private Path sweep;
  private final HeardWatch watch = new HeardWatch();
  private DriverPlugin desk;
  private DriverLink link;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(sweep.resolve("program/folder"));
    Files.writeString(sweep.resolve("program/a.jar"), "jar");
    Files.writeString(sweep.resolve("program/folder/b"), "b");
    List<CellTask> tasks = StandInCells.tasks(sweep, 0, "a");
    JavaCommand java =
        new JavaCommand(
            "java",
            List.of("-Xx"),
            List.of(
                sweep.resolve("program/a.jar").toString(),
                sweep.resolve("program/folder").toString()),
            "Main");
    desk = Desks.of(tasks, watch, java, sweep.resolve("incoming"));
    link = new DriverLink(new Wire());
  }

  /** Hands messages over. */
  private final class Wire implements PluginContext {
    @Override
    public MetricRegistry metricRegistry() {
      return new MetricRegistry();
    }

    @Override
    public SparkConf conf() {
      return new SparkConf(false);
    }

    @Override
    public String executorID() {
      return "1";
    }

    @Override
    public String hostname() {
      return "host";
    }

    @Override
    public Map<String, ResourceInformation> resources() {
      return Map.of();
    }

    @Override
    public void send(Object message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object ask(Object message) throws Exception {
      return desk.receive(message);
    }
  }

  @Test
  void theLaterAttemptHasTheCellAndTheEarlierIsDropped() throws Exception {
    assertThat(link.begin(0, 1, "host", "/there").words())
        .containsExactly("0", "a", "/there/a", "false");
    assertThat(link.store(0, 1, "a/manifest.json", 0, "{}".getBytes(StandardCharsets.UTF_8)))
        .isTrue();
    assertThat(link.keep(0, 1, Map.of("a/manifest.json", 2L), List.of())).isTrue();
    DriverLink.Order second = link.begin(0, 2, "host", "/there");
    assertThat(second.words().getLast()).isEqualTo("true");
    assertThat(second.names()).containsExactly("a/manifest.json");
    assertThat(link.begin(0, 1, "host", "/there")).isNull();
    assertThat(link.look(0, 1)).isEqualTo(DriverLink.NOTHING);
    assertThat(link.store(0, 1, "a/late", 0, new byte[1])).isFalse();
    assertThat(link.keep(0, 1, Map.of("a/late", 1L), List.of())).isFalse();
    link.end(0, 1, Map.of(), List.of(), 0);
    assertThat(link.look(0, 2)).isEqualTo(DriverLink.GO);
    link.end(0, 2, Map.of(), List.of(), 1);
    assertThat(link.begin(0, 3, "host", "/there")).isNull();
    assertThat(sweep.resolve("cells/a/late")).doesNotExist();
    Desks.close(desk);
    assertThat(watch.rest()).containsExactly("begins a", "begins a", "ended a 1 OPEN");
  }

  @Test
  void aCellThatTakesItsExecutorsWithItIsGivenUpAndAMachineThatIsGoneIsNotItsFault()
      throws Exception {
    for (int attempt = 1; attempt <= 9; attempt++) {
      link.begin(0, attempt, "host", "/there");
      Desks.lose(desk, attempt, attempt > 5);
    }
    assertThat(link.begin(0, 10, "host", "/there")).isNull();
    Desks.close(desk);
    assertThat(watch.rest())
        .filteredOn(line -> line.startsWith("told"))
        .hasSize(8)
        .last()
        .isEqualTo(
            "told cell a: cut off on host (exit code 137: killed, perhaps for memory), goes on elsewhere");
    assertThat(watch.rest().getLast())
        .isEqualTo(
            "failed a -1 error: cut off 4 times, the last on host: exit code 137: killed, perhaps for memory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b/x",
        "a/../b",
        "a/../../x",
        "/etc/x",
        "a//x",
        "a/./x",
        "a",
        "a.log/x",
        "a/x\\y",
        "a/\u0007",
        ""
      })
  void namesThatLeadElsewhereAreRefused(String name) throws Exception {
    link.begin(0, 1, "host", "/there");
    assertThatThrownBy(() -> link.store(0, 1, name, 0, new byte[1]))
        .hasMessageContaining("not a file of cell a");
    assertThatThrownBy(() -> link.fetch(0, 1, name, 0))
        .hasMessageContaining("not a file of cell a");
  }

  @Test
  void linksInTheFolderAreNotFollowed() throws Exception {
    Path outside = Files.createDirectory(sweep.resolve("outside"));
    Files.createDirectories(sweep.resolve("cells/a"));
    link.begin(0, 1, "host", "/there");
    Files.createDirectories(sweep.resolve("cells/a"));
    Files.createSymbolicLink(sweep.resolve("cells/a/stages"), outside);
    link.store(0, 1, "a/stages/x", 0, new byte[1]);
    assertThatThrownBy(() -> link.keep(0, 1, Map.of("a/stages/x", 1L), List.of()))
        .hasMessageContaining("is a link, which is not followed");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void whereverWritingIsCutOffTheFolderIsThatOfARunThatWasCutOff() throws Exception {
    link.begin(0, 1, "host", "/there");
    Path folder = Files.createDirectories(sweep.resolve("cells/a"));
    // at the checkpoint it comes to an end
    Files.createSymbolicLink(folder.resolve("checkpoints"), sweep);
    Map<String, Long> files = new LinkedHashMap<>();
    for (String name :
        List.of("checkpoints/last.safetensors", "manifest.json", "metrics.jsonl", "result.json")) {
      link.store(0, 1, "a/" + name, 0, new byte[1]);
      files.put("a/" + name, 1L);
    }
    assertThatThrownBy(() -> link.end(0, 1, files, List.of(), 0)).hasMessageContaining("is a link");
    assertThat(folder.resolve("manifest.json")).exists();
    assertThat(folder.resolve("metrics.jsonl")).exists();
    assertThat(folder.resolve("result.json")).doesNotExist();
  }

  @Test
  void nothingIsChangedWhereAPartIsMissing() throws Exception {
    link.begin(0, 1, "host", "/there");
    link.store(0, 1, "a/one", 0, new byte[1]);
    link.store(0, 1, "a/two", 0, new byte[1]);
    assertThatThrownBy(() -> link.keep(0, 1, Map.of("a/one", 1L, "a/two", 2L), List.of()))
        .hasMessageContaining("a/two did not come back whole");
    assertThat(sweep.resolve("cells/a/one")).doesNotExist();
    assertThatThrownBy(() -> link.store(0, 1, "a/one", 2, new byte[1]))
        .hasMessageContaining("a part at 2 of 1 bytes");
  }

  @Test
  void whatIsThereWithTheSameBytesIsUsedInPlaceAndTheRestBroughtOver() throws Exception {
    DriverLink.Program program = link.program();
    Path copies = sweep.resolve("copies");
    assertThat(new HostedProgram(link, program, copies).words())
        .contains("-Xx", sweep.resolve("program/a.jar") + ":" + sweep.resolve("program/folder"))
        .endsWith("Main");
    assertThat(copies).doesNotExist();
    // as on a machine that has others at these paths; the driver's own are brought over
    List<DriverLink.Entry> elsewhere =
        program.entries().stream()
            .map(
                entry ->
                    new DriverLink.Entry(
                        entry.path().replace("program", "elsewhere"),
                        entry.names(),
                        entry.sizes(),
                        entry.digests()))
            .toList();
    Files.createDirectories(sweep.resolve("elsewhere/folder"));
    Files.writeString(sweep.resolve("elsewhere/a.jar"), "rat");
    List<String> words =
        new HostedProgram(
                link,
                new DriverLink.Program(program.flags(), "Main", program.java(), elsewhere),
                copies)
            .words();
    assertThat(words).contains(copies.resolve("0/a.jar") + ":" + copies.resolve("1/folder"));
    assertThat(copies.resolve("0/a.jar")).hasContent("jar");
    assertThat(copies.resolve("1/folder/b")).hasContent("b");
  }
}
