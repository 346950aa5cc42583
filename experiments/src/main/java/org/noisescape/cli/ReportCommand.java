package org.noisescape.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.noisescape.report.RunReport;
import org.noisescape.report.RunSelection;
import org.noisescape.runs.RunEvents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: a page of figures about runs. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Writes a self-contained page of figures and tables about runs.")
final class ReportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "folders of runs, or folders that hold such")
  private List<Path> folders;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "the page (default: report.html in the folder of the run; of several runs"
              + " report-N-runs.html in the folder that holds them all)")
  private Path out;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "heading of the page (default: what the runs are)")
  private String title;

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      description =
          "also draw the figures of each run for print, into RUN/figures/STYLE as SVG, PDF and PNG:"
              + " paper, a column of 86 mm with letters of 8 points")
  private String style;

  @Option(
      names = "--csv",
      paramLabel = "PATH",
      description =
          "also write the numbers as tables: FILE.csv, what was measured in the trainings; a"
              + " folder, that and verdicts, probes and the data of each figure")
  private Path csv;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "also write the event files of the training runs into DIR/RUN")
  private Path tensorboard;

  @SuppressWarnings("UnusedVariable") // here so that the option is known
  @Mixin
  private VerboseOption verbose;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (out != null && !out.toString().endsWith(".html")) {
      throw new IllegalArgumentException(
          "--out must name a page, FILE.html, got '" + out + "': nothing else is replaced");
    }
    if (style != null) {
      RunReport.requireStyle(style);
    }
    RunSelection selection = RunSelection.of(folders);
    selection.notes().forEach(note -> console.err().println(note));
    Path page = out == null ? selection.defaultPage() : out;
    List<Path> tables =
        RunReport.write(
            selection.runs(), page, Optional.ofNullable(title), Optional.ofNullable(csv));
    console.out().println("report " + page);
    if (style != null) {
      for (Path run : selection.runs()) {
        console.out().println("figures " + RunReport.restyle(run, style));
      }
    }
    if (csv != null) {
      console.out().println("csv    " + csv + " (" + tables.size() + ")");
    }
    if (tensorboard != null) {
      for (Path run : selection.trainings()) {
        Path events = tensorboard.resolve(selection.name(run));
        RunEvents.export(run, events);
        console.out().println("events " + events);
      }
    }
    return CommandRunner.FINE;
  }
}
