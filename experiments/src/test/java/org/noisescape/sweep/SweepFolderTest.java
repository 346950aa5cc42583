package org.noisescape.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.cells.CellFolder;
import org.noisescape.files.WrongFile;
import org.noisescape.runs.RunDirectory;

/** Sweep folders that others wrote, or lost parts of. */
class SweepFolderTest {
  private static final String GOOD =
      """
      {"kind": "sweep", "subject": "train", "preset": "", "grid": {"lr": ["0.1", "0.2"]},
       "set": {"batch": "5"}, "dataset": "", "seed": 1, "seeds": 2, "seeds_are": "replicas",
       "engine": "auto", "precision": "float32", "threads": 2}
      """;

  @TempDir private Path folder;

  static Stream<Arguments> descriptions() {
    return Stream.of(
        Arguments.of("", "it is empty"),
        Arguments.of("[]", "must hold a JSON object"),
        Arguments.of("{}", "field 'kind' must be a text, got nothing"),
        Arguments.of(GOOD.replace("\"sweep\"", "\"train\""), "field 'kind' must be \"sweep\""),
        Arguments.of(GOOD.replace("\"replicas\"", "\"\""), "field 'seeds_are' is none of"),
        Arguments.of(GOOD.replace("\"replicas\"", "null"), "field 'seeds_are' must be a text"),
        Arguments.of(GOOD.replace("\"seeds\": 2", "\"seeds\": 0"), "field 'seeds' must be"),
        Arguments.of(GOOD.replace("\"seed\": 1", "\"seed\": 1e40"), "field 'seed' must be"),
        Arguments.of(GOOD.replace("[\"0.1\", \"0.2\"]", "\"0.1\""), "field 'grid.lr' must be"),
        Arguments.of(GOOD.replace("\"0.2\"", "0.2"), "field 'grid.lr[1]' must be a text"),
        Arguments.of(GOOD.replace("\"5\"", "5"), "field 'set.batch' must be a text"),
        Arguments.of(GOOD.replace("{\"lr\"", "{\"batch\""), "'batch' is in --grid and in --set"),
        Arguments.of(GOOD.replace("\"kind\"", "\"resumed\": 1, \"kind\""), "'resumed' must be a"),
        Arguments.of(GOOD.replace("\"kind\"", "\"seed\": 1, \"kind\""), "Duplicate field 'seed'"));
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void aWrongDescriptionIsOneLine(String text, String expected) throws IOException {
    Files.writeString(folder.resolve("sweep.json"), GOOD);
    assertThat(SweepFolder.read(folder).cells()).hasSize(2);
    Files.writeString(folder.resolve("sweep.json"), text);
    assertThatThrownBy(() -> SweepFolder.read(folder))
        .isInstanceOf(WrongFile.class)
        .hasMessageStartingWith(folder.resolve("sweep.json") + ": ")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aCellThatLostItsManifestKeepsWhatIsInIt() throws IOException {
    Path run = Files.createDirectories(folder.resolve("cells/001"));
    CellFolder cell = new CellFolder(run);
    Path notes = Files.writeString(run.resolve("NOTES.txt"), "precious");
    assertThatThrownBy(() -> cell.prepare(() -> false))
        .isInstanceOf(WrongFile.class)
        .hasMessageStartingWith(run + ": holds files but no manifest.json");
    assertThat(notes).hasContent("precious");
    Files.delete(notes);
    Path checkpoint =
        Files.createFile(
            Files.createDirectory(run.resolve("checkpoints")).resolve("last.safetensors"));
    assertThatThrownBy(() -> cell.prepare(() -> false)).isInstanceOf(WrongFile.class);
    Files.delete(checkpoint);
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "precious");
    Path link = Files.createSymbolicLink(run.resolve(".lock"), elsewhere);
    assertThatThrownBy(() -> cell.prepare(() -> false)).isInstanceOf(Exception.class);
    assertThat(elsewhere).hasContent("precious");
    Files.delete(link);
    Files.createFile(run.resolve(".lock"));
    assertThat(cell.prepare(() -> false)).isTrue();
    assertThat(run).doesNotExist();
  }

  @Test
  void aCellThatAnotherProcessWritesIsWaitedForUntilAStop() throws IOException {
    Path run = folder.resolve("001");
    CellFolder cell = new CellFolder(run);
    int[] asked = {0};
    try (RunDirectory held = RunDirectory.create(run)) {
      assertThat(cell.prepare(() -> ++asked[0] == 2)).isFalse();
      assertThat(held.path()).exists();
    }
    assertThat(asked[0]).isEqualTo(2);
    assertThat(cell.prepare(() -> true)).as("nothing to wait for").isTrue();
  }

  @Test
  void whatACellSaysOfItsEndIsLookedAt() throws IOException {
    Path run = Files.createDirectories(folder.resolve("001"));
    CellFolder cell = new CellFolder(run);
    Files.writeString(run.resolve("result.json"), "{\"outcome\": 1}");
    assertThatThrownBy(cell::state).hasMessageContaining("field 'outcome' must be a text, got 1");
    Files.delete(run.resolve("result.json"));
    Files.createDirectory(run.resolve("result.json"));
    assertThatThrownBy(cell::state).hasMessageContaining("result.json: is a folder, not a file");
    Files.writeString(folder.resolve("001.failure.json"), "{\"exit\": \"x\", \"lines\": []}");
    assertThatThrownBy(cell::failure).hasMessageContaining("field 'exit' must be a whole number");
  }
}
