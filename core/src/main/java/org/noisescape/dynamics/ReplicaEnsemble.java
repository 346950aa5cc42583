package org.noisescape.dynamics;

import java.util.function.BooleanSupplier;

/**
 * Drives a program to its step limit, or until every replica is at rest, or until asked to stop.
 *
 * <p>What is asked of the clock (rates, the size of a block of steps) changes no result.
 */
public final class ReplicaEnsemble {
  /** How a drive ended. */
  public enum Outcome {
    /** All replicas are at rest, or the step limit was reached. */
    COMPLETED,
    /** It was asked to stop; a checkpoint was announced. */
    STOPPED
  }

  private static final double SECONDS_A_BLOCK = 0.2;

  private final ReplicaProgram program;
  private final EnsembleSchedule schedule;
  private final EnsembleListener listener;

  /**
   * An ensemble.
   *
   * @param program where it is; not closed here
   * @param schedule how long
   * @param listener hears of it
   */
  public ReplicaEnsemble(
      ReplicaProgram program, EnsembleSchedule schedule, EnsembleListener listener) {
    this.program = program;
    this.schedule = schedule;
    this.listener = listener;
  }

  /** Runs to the end. */
  public Outcome run() {
    return run(() -> false);
  }

  /**
   * Runs until the end or until asked to stop.
   *
   * @param stop asked several times a second
   */
  public Outcome run(BooleanSupplier stop) {
    long begin = System.nanoTime();
    long atBegin = program.replicaSteps();
    long block = 1;
    if (program.step() == 0 && schedule.snapshotEvery() > 0) {
      listener.snapshot(0, program.theta());
    }
    while (program.step() < schedule.steps() && program.running() > 0) {
      long from = program.step();
      long target = Math.min(schedule.steps(), from + block);
      target = Math.min(target, next(from, schedule.snapshotEvery()));
      target = Math.min(target, next(from, schedule.checkpointEvery()));
      if (schedule.ramp().isPresent()) {
        RateRamp ramp = schedule.ramp().get();
        target = Math.min(target, ramp.next(from));
        // from the step alone: a state does not know its learning rate
        program.learningRate(ramp.at(from));
      }
      long started = System.nanoTime();
      program.advance(target);
      double seconds = (System.nanoTime() - started) * 1e-9;
      block = nextBlock(target - from, seconds);
      double elapsed = Math.max(1e-9, (System.nanoTime() - begin) * 1e-9);
      double rate = (program.replicaSteps() - atBegin) / elapsed;
      if (due(target, schedule.snapshotEvery())) {
        listener.snapshot(target, program.theta());
      }
      listener.progressed(progress(rate));
      boolean over = target == schedule.steps() || program.running() == 0;
      boolean stopping = !over && stop.getAsBoolean();
      if (stopping || due(target, schedule.checkpointEvery())) {
        listener.checkpoint(program.state());
      }
      if (stopping) {
        return Outcome.STOPPED;
      }
    }
    return Outcome.COMPLETED;
  }

  private EnsembleListener.Progress progress(double rate) {
    int running = program.running();
    double left = (double) (schedule.steps() - program.step()) * running;
    return new EnsembleListener.Progress(
        program.step(),
        schedule.steps(),
        program.replicas() - running,
        program.replicas(),
        rate,
        left / rate);
  }

  /** At most twice as many steps as before, about {@value #SECONDS_A_BLOCK} s of them. */
  private static long nextBlock(long done, double seconds) {
    double wanted = done * SECONDS_A_BLOCK / Math.max(seconds, 1e-6);
    return Math.max(1, (long) Math.min(wanted, 2.0 * done));
  }

  private static boolean due(long step, long every) {
    return every > 0 && step % every == 0;
  }

  private static long next(long step, long every) {
    return every == 0 ? Long.MAX_VALUE : (step / every + 1) * every;
  }
}
