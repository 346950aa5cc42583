package org.noisescape.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.noisescape.cells.CellListener;
import org.noisescape.cells.CellState;
import org.noisescape.report.NumberText;
import org.noisescape.runs.ProgressListener;
import org.noisescape.sweep.CellResult;
import org.noisescape.sweep.Reading;
import org.noisescape.sweep.SeedAverage;
import org.noisescape.sweep.SweepFolder;
import org.noisescape.sweep.SweepListener;
import org.noisescape.sweep.SweepRequest;

/** What the terminal shows of a sweep: a line a cell, and at the end what came of it. */
final class SweepSummary implements SweepListener {
  /** Numbers of a line. */
  private static final int NUMBERS = 2;

  /** What a training is known by. */
  private static final List<String> TRAINING = List.of("train_loss", "test_loss", "test_accuracy");

  private final Console console;
  private final ProgressListener progress;
  private final Path folder;
  private final String place;
  private boolean page;

  /**
   * For a sweep.
   *
   * @param folder of it, as the user named it
   * @param place words that name again where it runs
   */
  SweepSummary(Console console, ProgressListener progress, Path folder, String place) {
    this.console = console;
    this.progress = progress;
    this.folder = folder;
    this.place = place;
  }

  /** Whether a page was written. */
  void page(boolean written) {
    page = written;
  }

  @Override
  public void ended(CellResult result, int left) {
    String numbers = result.state() == CellState.DONE ? numbers(result) : result.reason();
    told(
        "%s: %s%s  (%d left)"
            .formatted(
                result.cell().title(),
                result.status(),
                numbers.isEmpty() ? "" : ", " + numbers,
                left));
  }

  @Override
  public void counted(int pending, int running, int ended, int failed) {
    CellListener.show(progress, pending, running, ended, failed);
  }

  @Override
  public void told(String line) {
    progress.told(line);
  }

  private static String numbers(CellResult result) {
    if (result.members().isEmpty()) {
      return "";
    }
    SeedAverage all = new SeedAverage(result.cell().settings(), List.of(result));
    Map<String, Reading> first = result.members().getFirst();
    List<String> names =
        result.training().isEmpty()
            ? first.keySet().stream().limit(NUMBERS).toList()
            : TRAINING.stream().filter(first::containsKey).toList();
    List<String> words = new ArrayList<>();
    for (String name : names) {
      SeedAverage.Mean mean = all.mean(name);
      words.add(name.replace('_', ' ') + " " + NumberText.withError(mean.value(), mean.error()));
    }
    return String.join(", ", words);
  }

  /**
   * Prints what came of it.
   *
   * @return exit code
   */
  int print(SweepRequest request, List<CellResult> results, boolean stopped) {
    progress.finished();
    Map<CellState, Integer> counts =
        CellState.counts(results.stream().map(CellResult::state).toList());
    String ends = CellState.words(counts);
    console.out().printf("sweep      %s: %d cells, %s%n", request.subject(), results.size(), ends);
    for (CellResult result : results) {
      if (result.state() == CellState.FAILED || result.state() == CellState.DIVERGED) {
        console
            .out()
            .printf(
                "  %-8s %s: %s%n",
                result.state().name().toLowerCase(Locale.ROOT),
                result.cell().title(),
                result.reason());
      }
    }
    console
        .out()
        .printf(
            "report     %s%n",
            page
                ? folder.resolve(SweepFolder.REPORT)
                : "none of so many cells after a stop: the sitting that ends writes it");
    console.out().printf("table      %s%n", folder.resolve(SweepFolder.TABLE));
    String again = console.command("sweep --resume", folder) + place;
    if (stopped) {
      console.err().println("stopped; continue with: " + again);
      return CommandRunner.INTERRUPTED;
    }
    boolean left =
        results.stream()
            .anyMatch(r -> r.state() == CellState.FAILED || r.state() == CellState.OPEN);
    if (left) {
      console.out().println("try again  " + again);
    }
    return counts.keySet().equals(java.util.Set.of(CellState.DONE))
        ? CommandRunner.FINE
        : CommandRunner.FAILED;
  }
}
