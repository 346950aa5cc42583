package org.noisescape.datasets;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a check of one file of a catalogue entry found.
 *
 * @param path the file, or where it would be
 * @param state the outcome
 * @param expected the digest of the catalogue
 * @param actual the digest found, empty where the file is missing or unreadable
 * @param detail one line for people: nothing for a verified file
 */
public record FileCheck(
    Path path, State state, String expected, Optional<String> actual, String detail) {
  /** Outcomes of a check. */
  public enum State {
    /** The digest is the one of the catalogue. */
    VERIFIED,
    /** The file is not there. */
    MISSING,
    /** The file has other contents. */
    MISMATCH,
    /** The file is there and cannot be read. */
    UNREADABLE
  }
}
