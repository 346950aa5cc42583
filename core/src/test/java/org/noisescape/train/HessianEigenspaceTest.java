package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.testing.Vectors.axpy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.train.TrainingEvent.CheckpointDue;
import org.noisescape.train.TrainingEvent.Measured;

/** The space of the largest eigenvalues of the Hessian, as the gauge projects on it. */
class HessianEigenspaceTest {
  /** Whatever its eigenvectors, the space of all eigenvalues is all of parameter space. */
  @Test
  void theSpaceOfAllEigenvaluesIsTheFullSpace() {
    Trial trial =
        new Trial("linear", "ce", "momentum:0.9", DType.FLOAT64, 2, Sampling.WITH_REPLACEMENT);
    TrainingPlan plan = trial.plan(0.05, Trial.EPOCHS);
    int parameters = plan.network().parameterCount();
    String prefix = "fdr_top" + parameters + "_";
    Trial.Ended run =
        trial.run(
            host().engine(),
            plan,
            List.of(
                new Probe.Scheduled(StationarityProbe.full(), Interval.EPOCH),
                new Probe.Scheduled(StationarityProbe.top(parameters), Interval.EPOCH)),
            null);
    for (Measured event : run.only(Measured.class)) {
      for (Measurement m : event.measurements()) {
        Map<String, Double> values = m.values();
        assertThat(values.get(prefix + "eigenvalue")).isPositive();
        if (m.step() > 0) {
          assertThat(values.get(prefix + "overlap")).isCloseTo(1, within(1e-9));
          for (String side : new String[] {"left", "right", "half_left", "half_right"}) {
            double full = values.getOrDefault("fdr_" + side, 0.0);
            close(side, values.getOrDefault(prefix + side, 0.0), full, 1e-9);
          }
        }
      }
    }
  }

  /** One direction of the Hessian holds far more than its share of the noise: it is the top one. */
  @Test
  void theTopDirectionIsThatOfTheLargestEigenvalue() {
    Trial trial = Trial.mlp("sgd", DType.FLOAT64, 1);
    TrainingPlan plan = trial.plan(0.05, 1);
    List<TrainingEvent> events = new ArrayList<>();
    double[][] axis = new double[1][];
    Probe.Factory spy =
        StationarityProbe.projected(
            "fdr_spy_",
            1,
            site -> {
              HessianEigenspace space = new HessianEigenspace(site, "fdr_spy_", 1);
              return new Subspace() {
                @Override
                public List<Map<String, Double>> refresh(Tensor theta, Tensor target) {
                  List<Map<String, Double>> found = space.refresh(theta, target);
                  axis[0] = target.engine().memory().readDoubles(target);
                  return found;
                }

                @Override
                public long bytes() {
                  return space.bytes();
                }

                @Override
                public void close() {
                  space.close();
                }
              };
            });
    try (Trainer trainer =
        new Trainer(
            host().engine(),
            TrainingSetup.of(plan, trial.samples())
                .withProbes(List.of(new Probe.Scheduled(spy, Interval.EPOCH)))
                .withListener(events::add))) {
      trainer.run();
    }
    double eigenvalue =
        ((Measured) events.stream().filter(Measured.class::isInstance).reduce((a, b) -> b).get())
            .measurements()
            .getFirst()
            .values()
            .get("fdr_spy_eigenvalue");
    CheckpointDue end =
        (CheckpointDue)
            events.stream().filter(CheckpointDue.class::isInstance).reduce((a, b) -> b).get();
    try (Curvature curvature =
        Curvature.over(
            host().engine(),
            plan.network(),
            plan.loss(),
            trial.samples(),
            CurvatureOptions.of(DType.FLOAT64))) {
      LinearOperator hessian = curvature.at(end.state().theta()).hessian();
      Tensor x = host().engine().tensor(DType.FLOAT64, 1, axis[0].length);
      Tensor y = host().engine().tensor(DType.FLOAT64, 1, axis[0].length);
      host().engine().memory().write(x, axis[0]);
      hessian.apply(x, y);
      double[] image = host().engine().memory().readDoubles(y);
      assertThat(norm(axis[0])).isCloseTo(1, within(1e-12));
      // residual as the search promises
      close("Hq", image, axpy(eigenvalue - 1, axis[0], axis[0]), 0.01 * eigenvalue);
      // the largest is no less than any diagonal entry
      for (int i = 0; i < axis[0].length; i++) {
        double[] unit = new double[axis[0].length];
        unit[i] = 1;
        host().engine().memory().write(x, unit);
        hessian.apply(x, y);
        assertThat(host().engine().memory().readDoubles(y)[i]).isLessThanOrEqualTo(eigenvalue);
      }
    }
  }

  private static EngineUnderTest host() {
    return EngineUnderTest.HOST;
  }
}
