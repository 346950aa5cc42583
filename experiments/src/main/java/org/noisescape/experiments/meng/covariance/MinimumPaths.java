package org.noisescape.experiments.meng.covariance;

import java.nio.file.Path;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.TrainedModel;

/** The paths through one minimum: read where an earlier sitting measured them, else measured. */
final class MinimumPaths implements AutoCloseable {
  private final Path stage;
  private final Path kept;
  private final ExperimentRequest request;
  private final Minimum minimum;
  private TrainedModel model;
  private NoiseField field;

  /**
   * Opens nothing yet.
   *
   * @param stage folder of the descent
   * @param kept folder of the paths
   */
  MinimumPaths(Path stage, Path kept, ExperimentRequest request, Minimum minimum) {
    this.stage = stage;
    this.kept = kept;
    this.request = request;
    this.minimum = minimum;
  }

  /**
   * The noise along a path.
   *
   * @param layer name
   * @param scale distance of neighbouring points, before the factor
   * @param factor multiple of the scale
   * @param points on each side
   */
  CovariancePath path(String layer, double scale, double factor, int points) {
    String file = "seed-%d-%s-x%s.json".formatted(minimum.seed(), layer, factor);
    return StageResult.of(
        kept.resolve(file),
        CovariancePath.class,
        request,
        "%s of minimum %d, x%s".formatted(layer, minimum.seed(), factor),
        () -> measure(layer, scale, factor, points));
  }

  private CovariancePath measure(String layer, double scale, double factor, int points) {
    open();
    LayerSlice slice =
        LayerSlice.of(model.network()).stream()
            .filter(candidate -> candidate.name().equals(layer))
            .findFirst()
            .orElseThrow();
    int seed = minimum.seed();
    return CovariancePath.measure(
        field, model.state().theta(seed), slice, seed, scale, factor, points);
  }

  private void open() {
    if (field == null) {
      model = request.model(RunDirectory.checkpointOf(stage, minimum.step()));
      field = new NoiseField(model, request.stop());
    }
  }

  @Override
  public void close() {
    if (field != null) {
      field.close();
    }
  }
}
