package org.noisescape.train;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.optim.RunClock;
import org.noisescape.optim.RunSchedules;

/**
 * Steps and epochs of a run whose batch may change where an epoch begins; an epoch of batch B has
 * ⌊N/B⌋ steps.
 */
public final class Timeline implements RunClock {
  /** Beyond it a step is no whole number in float64, which epochs are counted in. */
  private static final long MOST_STEPS = 1L << 53;

  /** Networks that a run can be bound to: one a batch. */
  private static final int MOST_BATCHES = 16;

  /**
   * A stretch of one batch.
   *
   * @param batch B
   * @param stepsPerEpoch ⌊N/B⌋
   * @param firstEpoch whole epochs before it
   * @param firstStep steps before it
   */
  public record Phase(int batch, int stepsPerEpoch, long firstEpoch, long firstStep) {}

  private final List<Phase> phases;
  private final double epochs;
  private final RunSchedules schedules;

  private Timeline(List<Phase> phases, double epochs, RunSchedules schedules) {
    this.phases = List.copyOf(phases);
    this.epochs = epochs;
    this.schedules = schedules;
  }

  /**
   * The timeline of a run.
   *
   * @param first B of the first epoch, before its schedule
   * @param samples N, B at least
   * @param epochs of the run
   * @param schedules their lengths in epochs
   * @throws IllegalArgumentException in one line where a batch is too large for the samples
   */
  static Timeline of(int first, int samples, double epochs, RunSchedules schedules) {
    List<Phase> phases = new ArrayList<>();
    phases.add(new Phase(first, samples / first, 0, 0));
    Timeline constant = new Timeline(phases, epochs, schedules);
    return schedules.hasOneBatch() ? constant : constant.grown(samples);
  }

  private Timeline grown(int samples) {
    List<Phase> grown = new ArrayList<>();
    long epoch = 0;
    do {
      int batch = batch(samples, epoch);
      if (grown.isEmpty()) {
        grown.add(new Phase(batch, samples / batch, 0, 0));
      } else if (batch != grown.getLast().batch()) {
        Phase before = grown.getLast();
        long steps = (epoch - before.firstEpoch()) * before.stepsPerEpoch();
        grown.add(new Phase(batch, samples / batch, epoch, before.firstStep() + steps));
      }
    } while (++epoch < epochs);
    long batches = grown.stream().mapToInt(Phase::batch).distinct().count();
    if (batches > MOST_BATCHES) {
      throw new IllegalArgumentException(
          "schedule '%s' of the batch takes %d sizes, a run has at most %d: choose one in steps, such as step:2@30,60"
              .formatted(schedules.batch().text(), batches, MOST_BATCHES));
    }
    return new Timeline(grown, epochs, schedules);
  }

  private int batch(int samples, long epoch) {
    double factor = schedules.batch().factor(epoch, epochs);
    double wanted = Math.rint(phases.getFirst().batch() * factor);
    if (!(wanted >= 1 && wanted <= samples)) {
      throw new IllegalArgumentException(
          "the batch of epoch %d is %.0f by its schedule, the training samples are %d: choose another factor"
              .formatted(epoch, wanted, samples));
    }
    return (int) wanted;
  }

  /** The schedules, their lengths in epochs. */
  RunSchedules schedules() {
    return schedules;
  }

  /** Epochs of the whole run. */
  double epochs() {
    return epochs;
  }

  /** Factor of the learning rate of the step after so many. */
  public double rateFactor(long done) {
    return schedules.learningRate().factor(epoch(done), epochs);
  }

  /**
   * Factor of the learning rate of the step that ends after so many, of the first one after none.
   */
  public double rateFactorBefore(long done) {
    return rateFactor(Math.max(0, done - 1));
  }

  /** The stretches, in their order. */
  public List<Phase> phases() {
    return phases;
  }

  /** The index of the stretch that a step belongs to. */
  int phaseOf(long step) {
    int phase = phases.size() - 1;
    while (phase > 0 && step < phases.get(phase).firstStep()) {
      phase--;
    }
    return phase;
  }

  /** Steps of an epoch of the stretch that a step belongs to. */
  int stepsPerEpoch(long step) {
    return phases.get(phaseOf(step)).stepsPerEpoch();
  }

  @Override
  public double epoch(long step) {
    Phase phase = phases.get(phaseOf(step));
    return phase.firstEpoch() + (double) (step - phase.firstStep()) / phase.stepsPerEpoch();
  }

  @Override
  public long step(double epoch) {
    int phase = phases.size() - 1;
    while (phase > 0 && epoch < phases.get(phase).firstEpoch()) {
      phase--;
    }
    Phase in = phases.get(phase);
    return in.firstStep() + Math.round((epoch - in.firstEpoch()) * in.stepsPerEpoch());
  }

  /**
   * Steps of the whole run.
   *
   * @throws IllegalArgumentException where they are none, or too many to be counted
   */
  public long steps() {
    double counted =
        Math.rint((epochs - phases.getLast().firstEpoch()) * phases.getLast().stepsPerEpoch());
    int perEpoch = phases.getLast().stepsPerEpoch();
    if (phases.getLast().firstStep() + counted > MOST_STEPS) {
      throw new IllegalArgumentException(
          "%s epochs of %d steps are more than the %d steps that are counted: choose fewer epochs"
              .formatted(epochs, perEpoch, MOST_STEPS));
    }
    if (counted == 0 && epochs > 0) {
      throw new IllegalArgumentException(
          "%s epochs of %d steps are no step: choose %.3g epochs or more, or 0 to keep the initialisation"
              .formatted(epochs, perEpoch, 0.5 / perEpoch));
    }
    return step(epochs);
  }
}
