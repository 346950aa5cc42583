package org.noisescape.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.noisescape.report.RunReport;
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

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "folders of runs")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the page (default: report.html in the folder of the first run)")
  private Path out;

  @SuppressWarnings("UnusedVariable") // here so that the option is known
  @Mixin
  private VerboseOption verbose;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path page = out == null ? runs.getFirst().resolve("report.html") : out;
    RunReport.write(runs, page);
    console.out().println("report " + page);
    return CommandRunner.FINE;
  }
}
