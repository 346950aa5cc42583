package org.noisescape.experiments.wei;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.files.WrongFile;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.train.Checkpoint;

/**
 * Curvature of a stage's network at one state after another, in float64; engine and memory are
 * taken at the first, so that a stage whose states are all measured takes none.
 */
public final class StageCurvature implements AutoCloseable {
  /**
   * Vectors a product: enough for matrix kernels, few enough that their activations stay cached.
   */
  private static final int BLOCK = 32;

  private final TrainedModel model;
  private final SampleSource samples;
  private final BooleanSupplier stop;
  private Engine engine;
  private Curvature curvature;

  /**
   * Takes nothing yet.
   *
   * @param model network, loss and engine
   * @param samples that L is the mean of
   * @param stop whether a product ends with a {@link org.noisescape.linop.StoppedException}
   */
  public StageCurvature(TrainedModel model, SampleSource samples, BooleanSupplier stop) {
    this.stop = stop;
    this.model = model;
    this.samples = samples;
  }

  /** Moves to θ (P). */
  public Curvature at(double... theta) {
    if (curvature == null) {
      engine = model.configuration().openEngine();
      curvature =
          Curvature.over(
              engine,
              model.network(),
              model.loss(),
              samples,
              CurvatureOptions.of(DType.FLOAT64).withBlock(BLOCK));
      curvature.stop().when(stop);
    }
    return curvature.at(theta);
  }

  /** θ of one replica of a checkpoint (P). */
  public static double[] theta(Path checkpoint, Network network, int replica) {
    Checkpoint.Contents contents = Checkpoint.read(checkpoint, network);
    if (replica >= contents.replicas()) {
      throw new WrongFile(
          checkpoint, "it has %d replicas, no replica %d".formatted(contents.replicas(), replica));
    }
    int size = network.parameterCount();
    return Arrays.copyOfRange(contents.state().theta(), replica * size, (replica + 1) * size);
  }

  @Override
  public void close() {
    if (curvature != null) {
      curvature.close();
    }
    if (engine != null) {
      engine.close();
    }
  }
}
