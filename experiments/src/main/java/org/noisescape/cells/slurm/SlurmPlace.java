package org.noisescape.cells.slurm;

import org.noisescape.cells.CellPlace;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.PlaceRequest;

/** {@code --on slurm}: cells as tasks of a job array. */
public final class SlurmPlace implements CellPlace {
  static final String NAME = "slurm";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String usage() {
    return "slurm[:partition=NAME,time=TIME,gres=gpu:1,concurrent=N,…]";
  }

  @Override
  public CellRunner runner(String options, PlaceRequest request) {
    return new SlurmRunner(
        SlurmOptions.parse(options), request, new SlurmCommands(System.getenv()), new Pace());
  }
}
