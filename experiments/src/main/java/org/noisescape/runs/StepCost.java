package org.noisescape.runs;

import java.util.Arrays;
import java.util.List;
import org.noisescape.objective.ResidentData;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingSetup;
import org.noisescape.train.TrainingStep;

/**
 * What one training step takes here.
 *
 * @param engine what computed
 * @param bytes of engine memory of data and step, without probes
 * @param seconds of a step, the median; NaN where it was not timed
 * @param least the fastest
 * @param most the slowest
 * @param steps how many were timed
 */
public record StepCost(
    String engine, long bytes, double seconds, double least, double most, int steps) {
  private static final double SECONDS = 1;
  private static final int FEWEST = 5;
  private static final int MOST_STEPS = 1000;
  private static final int WARM = 3;

  /** Plans the memory. */
  public static StepCost planned(TrainedModel model) {
    try (Engine engine = model.configuration().openEngine()) {
      return new StepCost(
          engine.name(), bytes(engine, model), Double.NaN, Double.NaN, Double.NaN, 0);
    }
  }

  /**
   * Plans the memory, takes it and times steps at learning rate 0: at least {@value #FEWEST}, and
   * for {@value #SECONDS} s.
   */
  public static StepCost timed(TrainedModel model) {
    TrainingPlan plan = model.plan();
    try (Engine engine = model.configuration().openEngine()) {
      long bytes = bytes(engine, model);
      try (Arena arena = engine.arena()) {
        ResidentData data = plan.resident(model.train(), arena);
        TrainingStep step = new TrainingStep(plan, data, arena, List.of());
        arena.commit();
        step.startFrom(model.theta(), model.statistics());
        double[] seconds = new double[MOST_STEPS];
        int done = 0;
        double total = 0;
        for (int i = 0; i < WARM; i++) {
          time(engine, step);
        }
        while (done < MOST_STEPS && (done < FEWEST || total < SECONDS)) {
          seconds[done] = time(engine, step);
          total += seconds[done++];
        }
        double[] sorted = Arrays.copyOf(seconds, done);
        Arrays.sort(sorted);
        return new StepCost(
            engine.name(), bytes, sorted[done / 2], sorted[0], sorted[done - 1], done);
      }
    }
  }

  private static long bytes(Engine engine, TrainedModel model) {
    return TrainingSetup.of(model.plan(), model.train()).withTest(model.test()).bytes(engine);
  }

  private static double time(Engine engine, TrainingStep step) {
    long begin = System.nanoTime();
    step.run(0);
    engine.synchronize();
    return (System.nanoTime() - begin) * 1e-9;
  }
}
