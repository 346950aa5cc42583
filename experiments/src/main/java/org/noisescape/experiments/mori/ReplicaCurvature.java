package org.noisescape.experiments.mori;

import java.nio.file.Path;
import java.util.Arrays;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.linop.Eigenvalues;
import org.noisescape.nn.Initialization;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;

/**
 * The curvature at one step of one replica of a training.
 *
 * @param engine where it lives
 * @param curvature at that θ
 */
public record ReplicaCurvature(Engine engine, Curvature curvature) implements AutoCloseable {
  /** Opens a kept checkpoint in float64, for comparisons that are about small eigenvalues. */
  public static ReplicaCurvature open(
      Path training, long step, int seed, ExperimentRequest request) {
    return open(training, step, seed, request, DType.FLOAT64);
  }

  /**
   * Opens a kept checkpoint; step 0 is the initialisation.
   *
   * @param training folder of the training
   * @param dtype what is computed in
   */
  public static ReplicaCurvature open(
      Path training, long step, int seed, ExperimentRequest request, DType dtype) {
    Path checkpoint =
        step == 0
            ? RunDirectory.lastCheckpointOf(training)
            : RunDirectory.checkpointOf(training, step);
    TrainedModel model = request.model(checkpoint);
    double[] theta = step == 0 ? initial(model, seed) : model.state().theta(seed);
    Engine engine = request.openEngine();
    try {
      Curvature curvature =
          Curvature.over(
              engine, model.network(), model.loss(), model.train(), CurvatureOptions.of(dtype));
      curvature.stop().when(request.stop());
      return new ReplicaCurvature(engine, curvature.at(theta));
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private static double[] initial(TrainedModel model, int seed) {
    TrainConfiguration configuration = model.configuration();
    return model
        .network()
        .initialParameters(
            Initialization.parse(configuration.initialization()), configuration.seed(), seed);
  }

  /** The eigenvalues, the largest first. */
  public static double[] descending(Eigenvalues eigenvalues) {
    double[] ascending = eigenvalues.values();
    double[] values = new double[ascending.length];
    Arrays.setAll(values, i -> ascending[values.length - 1 - i]);
    return values;
  }

  @Override
  public void close() {
    curvature.close();
    engine.close();
  }
}
