package org.noisescape.spark;

import org.noisescape.cells.PlaceRequest;

/** What starts this program where {@code spark-submit} started it. */
final class SubmittedProgram {
  private SubmittedProgram() {}

  static PlaceRequest of(PlaceRequest request) {
    return request;
  }
}
