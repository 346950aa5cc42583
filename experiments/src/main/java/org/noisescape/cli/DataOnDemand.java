package org.noisescape.cli;

import java.util.HashSet;
import java.util.Set;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.MissingData;

/**
 * Fetches data that a command lacks, where its environment asks for that, so that the command can
 * be run once more.
 *
 * <p>A cell on another machine has nobody there who would type {@code data fetch}. Processes that
 * fetch into one folder wait for each other, so that several cells of a machine fetch once.
 */
final class DataOnDemand {
  /** Set in a cell's process that may fetch. */
  static final String ENVIRONMENT = "NOISESCAPE_FETCH";

  private final Console console;
  private final Set<String> fetched = new HashSet<>();
  private boolean again;

  DataOnDemand(Console console) {
    this.console = console;
  }

  /**
   * Fetches what a command failed for.
   *
   * @return whether the command may now be run again
   * @throws IllegalArgumentException in one line where it cannot be fetched
   */
  boolean fetchedFor(Throwable failure) {
    if (!console.environment().containsKey(ENVIRONMENT)) {
      return false;
    }
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof MissingData missing && fetched.add(missing.name())) {
        console.err().println("fetching " + missing.name());
        Catalogue.fetch(
            missing.name(),
            missing.where(),
            new TransferBar(
                new LogProgress(console.err(), LogEvery.parse(null), TaskProgress::seconds)));
        again = true;
        return true;
      }
    }
    return false;
  }

  /** Whether the command is to be run again; asked once after each time. */
  boolean again() {
    boolean now = again;
    again = false;
    return now;
  }
}
