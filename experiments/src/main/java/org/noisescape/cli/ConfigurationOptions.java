package org.noisescape.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/**
 * Where options come from that do not stand on the command line. {@link OptionSources} reads them.
 */
@SuppressWarnings("UnusedVariable") // here so that they are in the help
final class ConfigurationOptions {
  static final String CONFIG = "--config";
  static final String LIKE = "--like";
  static final String PRINT = "--print-config";

  /** What stands on the command line only. */
  static final Set<String> NAMES = Set.of(CONFIG, LIKE, PRINT, "--help", "--version");

  @Option(
      names = LIKE,
      paramLabel = "RUN",
      description = "begin with the options of the run in this folder; others replace them")
  private Path like;

  @Option(
      names = CONFIG,
      paramLabel = "FILE",
      description =
          "options in a YAML file, 'lr: 0.1'; a later file replaces an earlier one, and what is"
              + " given here replaces both; may be repeated")
  private List<Path> files;

  @Option(names = PRINT, description = "print all options as such a file, and do nothing else")
  private boolean printed;
}
