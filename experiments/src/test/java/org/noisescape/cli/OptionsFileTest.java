package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Options of a file, alone and with others on the command line. */
class OptionsFileTest {
  @TempDir Path folder;

  @Test
  void theCommandLineReplacesWhatTheFileSays() throws IOException {
    Path run = folder.resolve("a run");
    Path file =
        write(
            """
            # what all runs of this series have in common
            --dataset digits:train=20,test=10
            --model=linear
              --batch   5

            --epochs = 1
            --lr 0.5
            --keep-checkpoints
            --probe loss
            --probe noise
            --out %s
            """
                .formatted(run));
    CapturedRun trained =
        CapturedRun.of("train", "--seed", "7", "--options=" + file, "--lr", "0.25");
    assertThat(trained.err()).isEmpty();
    assertThat(trained.code()).isZero();
    JsonNode manifest = new ObjectMapper().readTree(run.resolve("manifest.json").toFile());
    JsonNode configuration = manifest.path("configuration");
    assertThat(configuration.path("learning_rate").asDouble()).isEqualTo(0.25);
    assertThat(configuration.path("seed").asLong()).isEqualTo(7);
    assertThat(configuration.path("batch").asInt()).isEqualTo(5);
    assertThat(configuration.path("keep_checkpoints").asBoolean()).isTrue();
    assertThat(configuration.path("probes")).hasSize(2);
    assertThat(manifest.path("command_line").toString())
        .as("what was read, so that the run can be repeated without the file")
        .contains("--batch=5")
        .doesNotContain("--options", "0.5");
    assertThat(run.resolve("checkpoints/step-000000000.safetensors"))
        .as("the initialisation is kept as well")
        .exists();
  }

  @Test
  void ofSettingsOnlyTheSameKeyIsReplaced() throws IOException {
    assertThat(expanded("--set a=1\n--set b=2\n--seed 3\n", "--set", "b=4", "--seed=5"))
        .containsExactly("--set=a=1", "--set", "b=4", "--seed=5");
  }

  @ParameterizedTest
  @CsvSource({
    "--lr, 'line 1: --lr needs a value, ETA'",
    "'#;;--no-progress yes', 'line 3: --no-progress takes no value'",
    "'--epoch 3', 'line 1: unknown option ''--epoch'', did you mean ''--epochs''?'",
    "'lr 3', 'line 1: write an option a line, such as --seed 1, got ''lr 3'''",
    "'--options other', 'line 1: unknown option ''--options'''",
    "'--lr 1;--lr 2', '--lr is given twice'"
  })
  void whatIsWrongInItIsOneLineThatNamesTheLine(String text, String expected) throws IOException {
    Path file = write(text.replace(";", "\n"));
    CapturedRun run = CapturedRun.of("train", "--options", file.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors()).hasSize(1);
    assertThat(run.err()).contains(expected);
  }

  @Test
  void onlyARegularFileOfTextIsRead() throws IOException {
    Path latin =
        Files.write(folder.resolve("latin"), "--out \u00f6".getBytes(StandardCharsets.ISO_8859_1));
    for (String name :
        List.of(folder.toString(), "/dev/zero", "/nowhere/at-all", latin.toString())) {
      CapturedRun run = CapturedRun.of("train", "--options", name);
      assertThat(run.code()).as(name).isEqualTo(2);
      assertThat(run.errors()).hasSize(1);
      assertThat(run.err()).contains(name);
    }
  }

  private List<String> expanded(String text, String... others) throws IOException {
    List<String> words = new ArrayList<>(List.of("--options", write(text).toString()));
    words.addAll(List.of(others));
    Console console = new Console(System.out, System.err, Map.of(), false);
    return OptionsFile.expanded(
        new CommandLine(new RunCommand(console, new StopSignal(console))), words);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("base.options"), text);
  }
}
