package org.noisescape.cli;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.DataStatus;
import org.noisescape.datasets.FileCheck;
import org.noisescape.runs.ProgressListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code data}: data sets on disk. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists, fetches and verifies data sets.")
final class DataCommand implements Runnable {
  private final Console console;
  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // here so that the option is known
  @Mixin
  private VerboseOption verbose;

  DataCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Options of all three. */
  static final class Where {
    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        description = "folder of data sets (default: $NOISESCAPE_DATA, then the user's cache)")
    private Path dataDir;

    @SuppressWarnings("UnusedVariable") // here so that the option is known
    @Mixin
    private VerboseOption verbose;

    DataLocation location(Console console) {
      return DataLocation.of(Optional.ofNullable(dataDir), console.environment());
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows which data sets are there, and where.")
  int list(@Mixin Where where) {
    for (DataStatus status : Catalogue.status(where.location(console))) {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%-20s %-11s %s%n",
              status.entry().name(),
              status.presence().name().toLowerCase(Locale.ROOT),
              detail(status));
    }
    return CommandRunner.FINE;
  }

  private String detail(DataStatus status) {
    return switch (status.presence()) {
      case EMBEDDED -> "made by code, nothing to fetch";
      case PRESENT -> status.folder().orElseThrow().toString();
      case INCOMPLETE, ABSENT ->
          String.format(
              Locale.ROOT,
              "%s (%.0f MB)",
              console.command("data fetch", status.entry().name()),
              status.entry().downloadBytes() / 1e6);
    };
  }

  @Command(
      name = "fetch",
      mixinStandardHelpOptions = true,
      description = "Downloads data sets that are not there yet, and checks them.")
  int fetch(
      @Parameters(arity = "1..*", paramLabel = "NAME", description = "see 'list datasets'")
          List<String> names,
      @Option(names = "--offline", description = "fail rather than download") boolean offline,
      @Option(
              names = "--no-progress",
              description =
                  "no progress bar: on a terminal too, progress is told in lines, as in a file")
          boolean noProgress,
      @Option(names = "--quiet", description = "no progress at all: errors and results only")
          boolean quiet,
      @Mixin Where where) {
    names.forEach(Catalogue::entry);
    requireDifferent(names);
    DataLocation location = where.location(console).withOffline(offline);
    ProgressListener bar =
        quiet
            ? new QuietProgress(console.err())
            : ComputeOptions.progress(console, LogEvery.parse(null), !noProgress);
    for (String name : names) {
      Optional<Path> folder;
      try {
        // until the first bytes come, a server may be waited for
        bar.started(name);
        folder = Catalogue.fetch(name, location, new TransferBar(bar));
      } finally {
        bar.finished();
      }
      console
          .out()
          .println(
              name + ": " + folder.map(Path::toString).orElse("made by code, nothing to fetch"));
    }
    return CommandRunner.FINE;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Compares the digests of data sets with the published ones.")
  int verify(
      @Parameters(
              arity = "0..*",
              paramLabel = "NAME",
              description = "see 'list datasets' (default: all that are there)")
          List<String> names,
      @Mixin Where where) {
    DataLocation location = where.location(console);
    requireDifferent(names == null ? List.of() : names);
    List<String> chosen = names == null || names.isEmpty() ? present(location) : names;
    boolean fine = true;
    for (String name : chosen) {
      List<FileCheck> checks = Catalogue.verify(name, location);
      if (checks.isEmpty()) {
        console.out().println(name + ": made by code, nothing to verify");
      }
      for (FileCheck check : checks) {
        boolean verified = check.state() == FileCheck.State.VERIFIED;
        fine &= verified;
        console
            .out()
            .println(name + ": " + (verified ? "verified " + check.path() : check.detail()));
      }
    }
    return fine ? CommandRunner.FINE : CommandRunner.FAILED;
  }

  private static void requireDifferent(List<String> names) {
    for (String name : names) {
      if (Collections.frequency(names, name) > 1) {
        throw new IllegalArgumentException("data set '" + name + "' is named twice: leave one out");
      }
    }
  }

  private static List<String> present(DataLocation location) {
    return Catalogue.status(location).stream()
        .filter(status -> status.presence() != DataStatus.Presence.ABSENT)
        .map(status -> status.entry().name())
        .toList();
  }
}
