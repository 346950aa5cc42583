package org.noisescape.cli;

import picocli.CommandLine.Option;

/** The option that every command takes; {@link CommandRunner} looks for it before parsing. */
final class VerboseOption {
  static final String NAME = "--verbose";

  @Option(names = NAME, description = "show engine, memory, and where errors come from")
  private boolean verbose;

  boolean given() {
    return verbose;
  }
}
