package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.objective.ResidentData;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;

/** Methods that differ in their noise alone are comparable seed by seed. */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class SharedMiniBatchesTest {
  private static final String[] NOISY = {
    "sgld:l3=1e-3", "pl-sgd:l1=0.02,l2=1e-4", "pl-sgd:l1=0.5,l2=0", "pl-sgd:l1=0,l2=0.1"
  };

  private static final int REPLICAS = 3;

  /** Beyond the first epoch of six steps. */
  private static final int STEPS = 9;

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  /** The gradient at a fixed θ tells which samples were drawn. */
  @ParameterizedTest
  @MethodSource("engines")
  void sgdSgldAndPlSgdSeeTheSameMiniBatchesAtTheSameSeed(EngineUnderTest on) {
    for (Sampling sampling : Sampling.values()) {
      List<double[]> plain = gradientsAtTheStart(on, "sgd", sampling, 0);
      assertThat(plain.stream().map(Arrays::hashCode).distinct()).hasSize(STEPS);
      for (String optimizer : NOISY) {
        assertThat(gradientsAtTheStart(on, optimizer, sampling, 0))
            .as(optimizer)
            .usingElementComparator(Arrays::compare)
            .containsExactlyElementsOf(plain);
      }
      assertThat(gradientsAtTheStart(on, "sgd", sampling, 1))
          .usingElementComparator(Arrays::compare)
          .doesNotContainAnyElementsOf(plain);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void withoutNoisePlSgdAndSgldAreSgdBitForBit(EngineUnderTest on) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      double[] sgd = Trial.mlp("sgd", dtype, REPLICAS).run(on.engine()).state().theta();
      for (String optimizer : new String[] {"pl-sgd:l1=0,l2=0", "sgld:l3=0"}) {
        assertThat(Trial.mlp(optimizer, dtype, REPLICAS).run(on.engine()).state().theta())
            .as(optimizer)
            .isEqualTo(sgd);
      }
      assertThat(Trial.mlp("pl-sgd:l1=1e-6,l2=0", dtype, REPLICAS).run(on.engine()).state().theta())
          .isNotEqualTo(sgd);
    }
  }

  /** Gradients (R, P) of successive mini-batches, θ put back to where it began after each step. */
  private static List<double[]> gradientsAtTheStart(
      EngineUnderTest on, String optimizer, Sampling sampling, int firstReplica) {
    Trial trial = new Trial("mlp:7", "ce", optimizer, DType.FLOAT64, REPLICAS, sampling);
    TrainingPlan plan =
        trial.plan(0.05, Trial.EPOCHS).toBuilder().firstReplica(firstReplica).build();
    Gradient gradient = new Gradient();
    List<double[]> gradients = new ArrayList<>();
    try (Arena arena = on.engine().arena()) {
      ResidentData data = plan.resident(trial.samples(), arena);
      TrainingStep step = new TrainingStep(plan, data, arena, List.of(gradient));
      arena.commit();
      double[] one = plan.network().initialParameters(plan.initialization(), plan.seed(), 0);
      double[] theta = new double[REPLICAS * one.length];
      Arrays.setAll(theta, i -> one[i % one.length]);
      step.startFrom(theta, new double[0]);
      for (int k = 0; k < STEPS; k++) {
        on.engine().memory().write(step.theta(), theta);
        step.run(0.05);
        gradients.add(on.engine().memory().readDoubles(gradient.kept));
      }
    }
    return gradients;
  }

  /** Keeps the mini-batch gradient of a step. */
  private static final class Gradient implements StepObserver {
    private Tensor direction;
    private Tensor kept;

    @Override
    public void bind(StepVectors vectors) {
      direction = vectors.direction();
      kept = direction.arena().reserve(direction.dtype(), direction.shape());
    }

    @Override
    public void gradientReady() {
      direction.arena().engine().memory().copy(direction, kept);
    }

    @Override
    public void directionReady() {}

    @Override
    public void stepped() {}
  }
}
