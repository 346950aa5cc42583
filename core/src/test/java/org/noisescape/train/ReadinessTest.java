package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.noisescape.linop.StopCheck;
import org.noisescape.linop.StoppedException;
import org.noisescape.loss.Losses;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.GradientProducts;
import org.noisescape.objective.GradientRows;
import org.noisescape.objective.LinearizedOptions;
import org.noisescape.objective.LinearizedRisk;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;

/** What is not ready yet says so, in one line, where it would otherwise give a number. */
class ReadinessTest {
  private static final int[] IMAGE = {1, 2, 3};

  private final Engine engine = EngineUnderTest.HOST.engine();
  private final Arena arena = engine.arena();
  private final Network network = ModelZoo.build("mlp:4", IMAGE, 3);
  private final TrainingPlan plan =
      TrainingPlan.of(network, Losses.parse("ce"))
          .learningRate(0.1)
          .batch(4)
          .epochs(1)
          .dtype(DType.FLOAT64)
          .build();
  private final ResidentData data = plan.resident(ArraySamples.normal(1, 10, IMAGE, 3), arena);
  private final Tensor theta = arena.reserve(DType.FLOAT64, 1, network.parameterCount());
  private final double[] start = network.initialParameters(Initialization.GLOROT, 1, 0);

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void passesNeedTheMemoryTheyReserved() {
    EmpiricalRisk risk = new EmpiricalRisk(data, arena, RiskOptions.values());
    LinearizedRisk linearized = new LinearizedRisk(data, arena, LinearizedOptions.of(1));
    GradientProducts products =
        new GradientProducts(data, arena, GradientRows.LOSS, 4, BatchStatistics.none());
    assertThatIllegalStateException()
        .isThrownBy(() -> risk.value(network.view(theta)))
        .withMessageContaining("call commit()");
    assertThatIllegalStateException()
        .isThrownBy(() -> linearized.moveTo(start))
        .withMessageContaining("call commit()");
    assertThatIllegalStateException()
        .isThrownBy(() -> products.compute(start, (i, j, rows, columns, values) -> {}))
        .withMessageContaining("call commit()");
  }

  @Test
  void aCommittedRiskNeedsNothingButParameters() {
    RiskOptions options = RiskOptions.gradients().withChunk(4);
    EmpiricalRisk risk = new EmpiricalRisk(data, arena, options);
    Tensor gradient = arena.reserve(DType.FLOAT64, 1, network.parameterCount());
    arena.commit();
    engine.memory().write(theta, start);
    double whole = risk.value(network.view(theta))[0].loss();
    double[] singly = new double[1];
    risk.gradient(network.view(theta), network.view(gradient), singly);
    assertThat(singly[0]).isEqualTo(whole).isPositive();
    assertThat(risk.noise(network.view(theta), network.view(gradient), gradient)[0].noiseStrength())
        .isPositive();
  }

  @Test
  void aStepNeedsParametersToStartFrom() {
    TrainingStep step = new TrainingStep(plan, data, arena, List.of());
    arena.commit();
    assertThatIllegalStateException()
        .isThrownBy(() -> step.run(0.1))
        .withMessageContaining("startFrom(theta, statistics)");
    step.startFrom(plan.initialParameters(), new double[0]);
    step.run(0.1);
    assertThat(step.done()).isOne();
  }

  @Test
  void aDescentEndsNowhereBeforeItHasRun() {
    EmpiricalRisk risk = new EmpiricalRisk(data, arena, RiskOptions.gradients());
    FullBatchDescent descent = new FullBatchDescent(risk, List.of(), 0.1, 1, DType.FLOAT64, arena);
    arena.commit();
    assertThatIllegalStateException()
        .isThrownBy(descent::theta)
        .withMessageContaining("descend first");
    descent.run(start, 0, 1, () -> false);
    assertThat(engine.memory().readDoubles(descent.theta())).isNotEqualTo(start);
  }

  @Test
  void productsNeedParametersToBeTakenAt() {
    LinearizedRisk risk = new LinearizedRisk(data, arena, LinearizedOptions.of(1));
    Tensor y = arena.reserve(DType.FLOAT64, 1, network.parameterCount());
    arena.commit();
    refused(() -> risk.hessianProducts(theta, y));
    refused(() -> risk.gaussNewtonProducts(theta, y));
    refused(() -> risk.covarianceProducts(theta, y));
    refused(risk::losses);
    refused(risk::gradient);
    refused(risk::theta);
    risk.moveTo(start);
    risk.hessianProducts(risk.gradient(), y);
    assertThat(engine.memory().readDoubles(y)).isNotEqualTo(new double[start.length]);
  }

  @Test
  void aMoveThatWasStoppedHalfwayIsNoMove() {
    StopCheck stop = new StopCheck();
    LinearizedRisk risk =
        new LinearizedRisk(data, arena, LinearizedOptions.of(1).withChunk(3)).stoppedBy(stop);
    Tensor y = arena.reserve(DType.FLOAT64, 1, network.parameterCount());
    arena.commit();
    risk.moveTo(start);
    risk.hessianProducts(risk.gradient(), y);
    int[] asked = {0};
    stop.when(() -> ++asked[0] > 2);
    assertThatThrownBy(() -> risk.moveTo(start)).isInstanceOf(StoppedException.class);
    stop.when(() -> false);
    refused(() -> risk.hessianProducts(theta, y));
  }

  private static void refused(Runnable use) {
    assertThatIllegalStateException()
        .isThrownBy(use::run)
        .withMessage("move to a θ first: moveTo(theta)");
  }
}
