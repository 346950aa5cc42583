package org.noisescape.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.noisescape.cells.CellPlace;
import org.noisescape.cells.CellProcess;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.EngineCheck;
import org.noisescape.cells.JavaCommand;
import org.noisescape.cells.LocalRunner;
import org.noisescape.cells.LocalSlots;
import org.noisescape.cells.PlaceRequest;
import org.noisescape.tensor.ComputeDevice;
import org.noisescape.tensor.EngineProvider;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Precision;
import picocli.CommandLine.Option;

/** Options of commands that run cells: where, and how many at once. */
final class PlaceOptions {
  @Option(
      names = "--jobs",
      paramLabel = "J",
      description =
          "cells at once (default: as many as the engine has devices, or as --threads leaves"
              + " processors for, else 1)")
  private Integer jobs;

  @Option(
      names = "--on",
      paramLabel = "PLACE",
      description =
          "where cells run: slurm[:partition=NAME,time=…,gres=gpu:1,…], spark:MASTER (default:"
              + " this machine)")
  private String place;

  @Option(
      names = "--dry-run",
      description = "with --on slurm: print what would be submitted, and run nothing")
  private boolean dryRun;

  /** Whether cells run on this machine. */
  boolean here() {
    return place == null;
  }

  /** Whether it was said how many cells run at once. */
  boolean jobsGiven() {
    return jobs != null;
  }

  /** Whether nothing is to run. */
  boolean dryRun() {
    if (dryRun && here()) {
      throw new IllegalArgumentException(
          "--dry-run prints what is submitted elsewhere: name the place with --on, such as --on"
              + " slurm");
    }
    return dryRun;
  }

  /** The words that name the place again. */
  String again() {
    return here() ? "" : " --on " + place;
  }

  /**
   * Cells at once on this machine: those given, else as many as have their threads.
   *
   * @param threads of a cell, where they were chosen
   */
  int jobs(Optional<Integer> threads) {
    if (jobs != null && jobs < 1) {
      throw new IllegalArgumentException("--jobs must be >= 1, got " + jobs);
    }
    int processors = Runtime.getRuntime().availableProcessors();
    return jobs != null ? jobs : threads.map(number -> Math.max(1, processors / number)).orElse(1);
  }

  /**
   * CPU threads of a cell: the chosen ones, else an even share of this machine's processors; of
   * another machine one.
   */
  int threads(Optional<Integer> chosen) {
    int atOnce = jobs(chosen);
    int share = here() ? Math.max(1, Runtime.getRuntime().availableProcessors() / atOnce) : 1;
    return chosen.orElse(share);
  }

  /**
   * What runs the cells.
   *
   * @param folder of all of them, absolute
   * @param threads of a cell
   * @param engine of the cells, or {@code auto}; empty where they compute in none
   */
  CellRunner runner(
      Console console,
      Path folder,
      String title,
      int threads,
      Optional<String> engine,
      Precision precision) {
    JavaCommand java = console.program().apply(Main.class.getName());
    if (here()) {
      for (CellPlace other : CellPlace.all()) {
        other
            .unfinished(folder)
            .ifPresent(
                job ->
                    console
                        .err()
                        .printf(
                            "note: %s may still run cells of %s: to follow it stop this, and repeat the command with --on %s%n",
                            job, folder, other.name()));
      }
      Optional<EngineProvider> provider = engine.map(name -> Engines.provider(name, precision));
      List<ComputeDevice> devices = provider.map(EngineProvider::devices).orElse(List.of());
      int atOnce = jobs == null && !devices.isEmpty() ? devices.size() : jobs(Optional.of(threads));
      LocalRunner.Health health =
          provider
              .<LocalRunner.Health>map(one -> new EngineCheck(one.name(), precision.label()))
              .orElse(LocalRunner.Health.SOUND);
      return new LocalRunner(
          new CellProcess(java), LocalSlots.of(atOnce, threads, devices), health);
    }
    return CellPlace.find(
        place,
        new PlaceRequest(
            folder,
            title,
            threads,
            jobs == null ? OptionalInt.empty() : OptionalInt.of(jobs),
            java,
            dryRun() ? Optional.of(console.out()::print) : Optional.empty()));
  }
}
