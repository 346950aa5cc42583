package org.noisescape.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.noisescape.runs.Annotations;
import org.noisescape.runs.RunDirectory;
import org.noisescape.sweep.SweepFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code annotate}: tags and notes of runs. */
@Command(
    name = "annotate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Tags runs and keeps notes beside them; without options, shows what there is.")
final class AnnotateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "folders of runs or sweeps")
  private List<Path> runs;

  @Option(names = "--tag", paramLabel = "WORD", description = "put a tag on; may be repeated")
  private List<String> tags = List.of();

  @Option(names = "--untag", paramLabel = "WORD", description = "take a tag off; may be repeated")
  private List<String> removed = List.of();

  @Option(names = "--note", paramLabel = "TEXT", description = "add a remark; may be repeated")
  private List<String> notes = List.of();

  @SuppressWarnings("UnusedVariable") // here so that the option is known
  @Mixin
  private VerboseOption verbose;

  AnnotateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Annotations said = Annotations.now(tags, notes);
    boolean changes = !said.isEmpty() || !removed.isEmpty();
    // all are looked at before any is changed
    List<Annotations> after =
        runs.stream()
            .map(run -> Annotations.read(required(run)).without(removed).with(said))
            .toList();
    for (int i = 0; i < runs.size(); i++) {
      if (changes) {
        after.get(i).write(runs.get(i));
      }
      String words = String.join(", ", after.get(i).tags());
      console.out().println(runs.get(i) + (words.isEmpty() ? "" : "  [" + words + "]"));
      after
          .get(i)
          .notes()
          .forEach(note -> console.out().println("  " + note.time() + "  " + note.text()));
    }
    return CommandRunner.FINE;
  }

  private static Path required(Path run) {
    if (!Files.isRegularFile(run.resolve(RunDirectory.MANIFEST)) && !SweepFolder.isSweep(run)) {
      throw new IllegalArgumentException(
          "%s%s: name the folder of a run or a sweep"
              .formatted(run, Files.isDirectory(run) ? " holds no run" : ": no such folder"));
    }
    return run;
  }
}
