package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes that come with the program: each has a source, and makes a training. */
class RecipesTest {
  @TempDir Path folder;

  static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "recipes"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aRecipeNamesItsSourceAndItsOptionsAreWhatTheyWere(Path recipe) throws IOException {
    assertThat(recipe.toString()).endsWith(".yaml");
    assertThat(Files.readString(recipe)).containsPattern("(?m)^# Source: \\S");
    CapturedRun read = CapturedRun.of("train", "--config", recipe.toString(), "--print-config");
    assertThat(read.err()).isEmpty();
    Path printed = Files.writeString(folder.resolve("printed.yaml"), read.out());
    assertThat(CapturedRun.of("train", "--config", printed.toString(), "--print-config").out())
        .isEqualTo(read.out());
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aRecipeTrainsOnOtherDataWithTheSameWords(Path recipe) {
    Path run = folder.resolve("run");
    CapturedRun trained =
        CapturedRun.of(
            "train",
            "--config",
            recipe.toString(),
            "--dataset",
            "digits:train=10,test=10",
            "--subset",
            "10",
            "--batch",
            "10",
            "--schedule",
            "constant",
            "--epochs",
            "1",
            "--probe",
            "loss",
            "--quiet",
            "--out",
            run.toString());
    assertThat(trained.err()).isEmpty();
    assertThat(trained.code()).isZero();
  }

  @Test
  void thereAreSome() throws IOException {
    assertThat(recipes()).hasSizeGreaterThan(4);
  }
}
