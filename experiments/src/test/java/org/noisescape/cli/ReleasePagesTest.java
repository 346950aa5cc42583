package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completions in a real bash, and the sources of man pages. */
@Timeout(120)
class ReleasePagesTest {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path folder;

  private static List<String> bash(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(BASH.toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text.lines().toList();
  }

  /** What Tab offers behind words. */
  private static List<String> offered(Path script, String... words) throws Exception {
    String ask =
        "source \"$1\"; shift; compopt() { :; }; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1));"
            + " _complete_noisescape; printf '%s\\n' \"${COMPREPLY[@]}\"";
    List<String> all = new ArrayList<>(List.of("-c", ask, "bash", script.toString()));
    all.addAll(List.of(words));
    return bash(all.toArray(String[]::new));
  }

  @Test
  void bashCompletesCommandsOptionsAndNames() throws Exception {
    assumeThat(BASH).exists();
    Path script = folder.resolve("noisescape.bash");
    Files.writeString(script, ReleasePages.completion());
    bash("-n", script.toString());
    assertThat(offered(script, "noisescape", "tr")).containsExactly("train");
    assertThat(offered(script, "noisescape", "data", "f")).containsExactly("fetch");
    assertThat(offered(script, "noisescape", "train", "--epo")).containsExactly("--epochs");
    assertThat(offered(script, "noisescape", "train", "--lr", "0.1", "--model", "ml"))
        .containsExactly("mlp");
    assertThat(offered(script, "noisescape", "train", "--engine", "h")).containsExactly("host");
    assertThat(offered(script, "noisescape", "run", "mori/noise-vs"))
        .containsExactly("mori/noise-vs-loss", "mori/noise-vs-loss-ce");
    assertThat(offered(script, "noisescape", "list", "opt")).containsExactly("optimizers");
  }

  @Test
  void everyCommandHasAPageWithAllItsOptions() throws IOException {
    ReleasePages.pages(folder);
    List<CommandSpec> commands = new ArrayList<>();
    collect(ReleasePages.program(), commands);
    assertThat(commands).hasSizeGreaterThan(10);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              commands.stream().map(ReleasePagesTest::file).toList());
    }
    for (CommandSpec command : commands) {
      String page = Files.readString(folder.resolve(file(command)));
      for (ArgSpec argument : command.args()) {
        String name =
            argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        assertThat(page).as(file(command)).contains(name);
        assertThat(String.join("", argument.description()))
            .as("%s %s", command.qualifiedName(), name)
            .isNotBlank();
      }
    }
  }

  @Test
  void textOfAPageIsNoMarkup() throws IOException {
    ReleasePages.pages(folder);
    assertThat(folder.resolve("noisescape-train.adoc"))
        .content()
        .contains("  pass:c[crop:4+flip+cutout:8, anew in every epoch,")
        .contains("test_loss:patience=5[,delta=1e-3\\] (early stopping)");
  }

  private static String file(CommandSpec command) {
    return command.qualifiedName("-") + ".adoc";
  }

  private static void collect(CommandLine line, List<CommandSpec> commands) {
    commands.add(line.getCommandSpec());
    line.getSubcommands().values().forEach(inner -> collect(inner, commands));
  }
}
