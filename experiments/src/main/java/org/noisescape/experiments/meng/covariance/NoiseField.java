package org.noisescape.experiments.meng.covariance;

import java.util.function.BooleanSupplier;
import org.noisescape.linop.StopCheck;
import org.noisescape.nn.Network;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * Loss and noise strength of a trained network's data at any θ, in float64: along a path the noise
 * changes by parts in 10⁵ between points, where float32 rounds.
 */
final class NoiseField implements AutoCloseable {
  private final Engine engine;
  private final Arena arena;
  private final EmpiricalRisk risk;
  private final Tensor theta;
  private final Tensor gradient;
  private final Network network;

  /**
   * Opens the engine of the model's configuration and loads its training data.
   *
   * @param model network, loss and data
   * @param stop whether a pass ends with a {@link org.noisescape.linop.StoppedException}
   */
  NoiseField(TrainedModel model, BooleanSupplier stop) {
    this.engine = model.configuration().openEngine();
    this.arena = engine.arena();
    this.network = model.network();
    DType dtype = DType.FLOAT64;
    ResidentData data = new ResidentData(model.train(), network, model.loss(), dtype, arena);
    RiskOptions options =
        RiskOptions.gradients().withStatistics(model.state().evaluation(arena, 1));
    this.risk = new EmpiricalRisk(data, arena, options);
    StopCheck check = new StopCheck();
    check.when(stop);
    risk.stoppedBy(check);
    this.theta = arena.reserve(dtype, 1, network.parameterCount());
    this.gradient = arena.reserve(dtype, 1, network.parameterCount());
    arena.commit();
  }

  /** At θ (P). */
  GradientNoise at(double[] point) {
    engine.memory().write(theta, point);
    return risk.noise(network.view(theta), network.view(gradient), gradient)[0];
  }

  @Override
  public void close() {
    arena.close();
    engine.close();
  }
}
