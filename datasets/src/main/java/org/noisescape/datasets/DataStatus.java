package org.noisescape.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether a data set is there, by file names and sizes only: digests are not computed.
 *
 * @param entry the data set
 * @param presence what was found
 * @param folder where it was found, or where a fetch would put it; empty for embedded data
 * @param bytes size of the files found
 * @param searched the folders that were looked in, first to last
 */
public record DataStatus(
    CatalogueEntry entry,
    Presence presence,
    Optional<Path> folder,
    long bytes,
    List<Path> searched) {
  /** Copies the list. */
  public DataStatus {
    searched = List.copyOf(searched);
  }

  /** What was found of a data set. */
  public enum Presence {
    /** Made by code, always there. */
    EMBEDDED,
    /** Every file is there. */
    PRESENT,
    /** Some files are there. */
    INCOMPLETE,
    /** No file is there. */
    ABSENT
  }
}
