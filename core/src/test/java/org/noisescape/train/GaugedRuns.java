package org.noisescape.train;

import static org.noisescape.testing.Vectors.axpy;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.part;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Vectors;
import org.noisescape.train.TrainingEvent.Measured;

/** Runs with both sides of the relation measured, in full and in a subspace that stays. */
final class GaugedRuns {
  static final Interval EACH_STEP = new Interval(1, Interval.Unit.STEPS);
  static final int REPLICAS = 2;
  static final int RANK = 3;

  private GaugedRuns() {}

  static Map<Long, List<Measurement>> measurements(Trial.Ended run) {
    Map<Long, List<Measurement>> all = new LinkedHashMap<>();
    run.only(Measured.class)
        .forEach(event -> all.put(event.measurements().getFirst().step(), event.measurements()));
    return all;
  }

  static Map<String, Double> quantities(Measurement measurement) {
    Map<String, Double> values = new LinkedHashMap<>(measurement.values());
    values.remove("step_time_s");
    return values;
  }

  /** The same with B = 1 and so 53 steps an epoch: blocks of three steps. */
  static TrainingPlan ofSingleSamples(TrainingPlan plan) {
    return plan.toBuilder().batch(1).build();
  }

  /** A subspace that stays, so that the relation between its sums is exact over any stretch. */
  static Probe.Factory projected(double[] axes) {
    return StationarityProbe.projected(
        "fdr_axes_",
        RANK,
        site ->
            (Tensor theta, Tensor target) -> {
              target.engine().memory().write(target, axes);
              return List.of();
            });
  }

  /** Orthonormal vectors of each replica, by Gram and Schmidt. */
  static double[] axes(int parameters) {
    double[] axes = Vectors.normals(3, REPLICAS * RANK * parameters);
    for (int r = 0; r < REPLICAS; r++) {
      for (int i = 0; i < RANK; i++) {
        double[] x = part(axes, (r * RANK + i) * parameters, parameters);
        for (int j = 0; j < i; j++) {
          double[] y = part(axes, (r * RANK + j) * parameters, parameters);
          x = axpy(-dot(x, y), y, x);
        }
        double norm = norm(x);
        for (int p = 0; p < parameters; p++) {
          axes[(r * RANK + i) * parameters + p] = x[p] / norm;
        }
      }
    }
    return axes;
  }

  static double[] project(double[] axes, int replica, double[] x) {
    double[] components = new double[RANK];
    for (int i = 0; i < RANK; i++) {
      components[i] = dot(part(axes, (replica * RANK + i) * x.length, x.length), x);
    }
    return components;
  }

  static double[] initial(TrainingPlan plan) {
    int size = plan.network().parameterCount();
    double[] theta = new double[REPLICAS * size];
    for (int r = 0; r < REPLICAS; r++) {
      double[] one = plan.network().initialParameters(plan.initialization(), plan.seed(), r);
      System.arraycopy(one, 0, theta, r * size, size);
    }
    return theta;
  }

  static EngineUnderTest host() {
    return EngineUnderTest.HOST;
  }
}
